package org.reluctor.devicetests.broker;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/**
 * Apache Artemis with its journal in a folder: an MQTT broker for {@link JavaBroker}. Its journal does not wait for the
 * disk: where it does, Artemis 2.55.0 hands the messages of one publisher on out of order (one in forty, without any
 * fault). So what it confirmed in the moment before it is killed may be unwritten.
 */
public final class ArtemisProgram {
    private ArtemisProgram() {
    }

    /** @param args port on the loopback interface, folder */
    public static void main(String[] args) throws Exception {
        EmbeddedActiveMQ artemis = new EmbeddedActiveMQ();
        artemis.setConfiguration(configuration(Integer.parseInt(args[0]), Path.of(args[1])));
        artemis.start();
        CountDownLatch told = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(artemis, told)));
        told.await();
    }

    private static void stop(EmbeddedActiveMQ artemis, CountDownLatch told) {
        try {
            artemis.stop();
        } catch (Exception e) {
            System.err.println("Artemis did not stop: " + e);
        } finally {
            told.countDown();
        }
    }

    private static Configuration configuration(int port, Path folder) throws Exception {
        AddressSettings addresses = new AddressSettings().setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                .setMaxSizeBytes(128L << 20);
        ConfigurationImpl configuration = new ConfigurationImpl();
        configuration.setBrokerInstance(folder.toFile());
        return configuration.setPersistenceEnabled(true).setJournalType(JournalType.NIO)
                .setJournalSyncTransactional(false).setJournalSyncNonTransactional(false).setSecurityEnabled(false)
                .setJMXManagementEnabled(false).setCriticalAnalyzer(false).setMaxDiskUsage(-1)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString()).addAddressSetting("#", addresses)
                .addAcceptorConfiguration("mqtt", "tcp://127.0.0.1:" + port
                        + "?protocols=MQTT;useEpoll=false;useKQueue=false;defaultMqttSessionExpiryInterval=86400");
    }
}
