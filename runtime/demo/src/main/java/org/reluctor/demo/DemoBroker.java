package org.reluctor.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/**
 * An MQTT 5 broker in this process: Apache Artemis on a free loopback port, without users and without persistence.
 * What it holds is gone when it closes.
 */
final class DemoBroker implements AutoCloseable {
    private static final String ACCEPTOR = "mqtt";

    private final EmbeddedActiveMQ artemis = new EmbeddedActiveMQ();
    private final Path folder;
    private final URI uri;

    private DemoBroker() throws Exception {
        folder = Files.createTempDirectory("reluctor-demo");
        artemis.setConfiguration(configuration());
        try {
            artemis.start();
            NettyAcceptor acceptor = (NettyAcceptor) artemis.getActiveMQServer().getRemotingService()
                    .getAcceptor(ACCEPTOR);
            uri = URI.create("tcp://127.0.0.1:" + acceptor.getActualPort());
        } catch (Exception | Error e) {
            close();
            throw e;
        }
    }

    /** Starts the broker; it accepts connections when this returns. */
    static DemoBroker start() {
        try {
            return new DemoBroker();
        } catch (Exception e) {
            throw new IllegalStateException("the demonstration's broker did not start: " + e.getMessage(), e);
        }
    }

    /** Where clients connect. */
    URI uri() {
        return uri;
    }

    /** Where Artemis would write; empty, and gone after {@link #close}. */
    Path folder() {
        return folder;
    }

    private Configuration configuration() throws Exception {
        AddressSettings addresses = new AddressSettings()
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.BLOCK)
                .setMaxSizeBytes(64L << 20);
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration.setBrokerInstance(folder.toFile());
        return configuration
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .setCriticalAnalyzer(false)
                // Nothing is written, so a full disk must not block the sensor.
                .setMaxDiskUsage(-1)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .addAddressSetting("#", addresses)
                // Without the native transports, which would unpack libraries into the temporary folder.
                .addAcceptorConfiguration(ACCEPTOR,
                        "tcp://127.0.0.1:0?protocols=MQTT;useEpoll=false;useKQueue=false");
    }

    /** Stops the broker and removes its folder, in which Artemis creates nothing but empty ones. */
    @Override
    public void close() {
        try {
            artemis.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the demonstration's broker did not stop: " + e.getMessage(), e);
        } finally {
            removeFolder();
        }
    }

    private void removeFolder() {
        try (var paths = Files.walk(folder)) {
            paths.sorted((a, b) -> b.compareTo(a)).forEach(path -> path.toFile().delete());
        } catch (IOException e) {
            // The folder is in the temporary directory and empty: the system removes it.
            folder.toFile().deleteOnExit();
        }
    }
}
