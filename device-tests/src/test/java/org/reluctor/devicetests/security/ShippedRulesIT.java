package org.reluctor.devicetests.security;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reluctor.app.configuration.TlsFiles;
import org.reluctor.devicetests.ProjectFiles;
import org.reluctor.devicetests.broker.Mosquitto;
import org.reluctor.devicetests.security.TestAuthority.Identity;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.SensorLink;
import org.reluctor.stream.SignalLink;
import org.reluctor.stream.Topics;

/**
 * The shipped rules keep frames for a gateway, and signals for a viewer, that is away while the broker restarts or
 * reads its rules again, as Debian's logrotate has it do every night; and give them to nobody else.
 */
class ShippedRulesIT {
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final Topics TOPICS = new Topics("reluctor");
    private static final String SENSOR = "plant/ecg-1";
    private static final List<String> WANTED = List.of(TOPICS.frame("+/+"), TOPICS.signal("+/+"));

    @TempDir
    static Path folder;

    private static TestAuthority authority;
    private static Identity server;
    private Mosquitto broker;

    /** What happens to the broker while its subscribers are away. */
    enum Meanwhile {
        NOTHING(false, false), RESTART(true, false), RELOAD(false, true), RESTART_AND_RELOAD(true, true);

        private final boolean restart;
        private final boolean reload;

        Meanwhile(boolean restart, boolean reload) {
            this.restart = restart;
            this.reload = reload;
        }
    }

    @BeforeAll
    static void certify() throws Exception {
        authority = new TestAuthority(folder.resolve("authority"), "authority");
        server = authority.issue("broker");
        for (String name : List.of("frame", "signal", "ecg-1", "spy")) {
            authority.issueLike("broker", name, "dns:localhost", "-1d", 3);
        }
    }

    private void start(Path brokersFolder) throws IOException {
        Path rules = ProjectFiles.resolve("config/mosquitto/reluctor.acl");
        broker = Mosquitto.startWith(brokersFolder, ShippedBroker.settings().stream()
                .map(line -> line.replaceFirst("^cafile .*", "cafile " + authority.certificate())
                        .replaceFirst("^certfile .*", "certfile " + server.certificate())
                        .replaceFirst("^keyfile .*", "keyfile " + server.key())
                        .replaceFirst("^acl_file .*", "acl_file " + rules)).toList());
    }

    @AfterEach
    void stop() {
        if (broker != null) {
            broker.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void absentSubscriber_brokerMeanwhile_getsItsOwnKindAndNoOther(Meanwhile meanwhile) throws Exception {
        start(folder.resolve(meanwhile.name()));
        for (String name : List.of("frame", "signal", "spy")) {
            received(name, 0);
        }
        if (meanwhile.restart) {
            broker.stop();
            broker.restart();
        }
        if (meanwhile.reload) {
            broker.reload();
        }
        publish("ecg-1", TOPICS.frame(SENSOR));
        publish("frame", TOPICS.signal(SENSOR));
        assertEquals(List.of(TOPICS.frame(SENSOR)), received("frame", 1));
        assertEquals(List.of(TOPICS.signal(SENSOR)), received("signal", 1));
        assertEquals(List.of(), received("spy", 0));
    }

    /** Topics of what a user's lasting session holds, once so many are there; it subscribes to frames and signals. */
    private List<String> received(String name, int count) throws InterruptedException {
        List<String> topics = new CopyOnWriteArrayList<>();
        try (SignalLink link = SignalLink.open(client(name, "reader"), WANTED, (topic, payload) -> topics.add(topic))) {
            // What the session has kept comes before the answer to its SUBSCRIBE.
            assertTrue(link.awaitConnected(WAIT), () -> name + ": " + link.lastFailure());
            await().atMost(WAIT).until(() -> topics.size() >= count);
        }
        return List.copyOf(topics);
    }

    private void publish(String name, String topic) throws InterruptedException {
        try (SensorLink link = SensorLink.open(client(name, "writer"), TOPICS)) {
            link.publish(topic, new byte[] {1}, 1, null);
            assertTrue(link.flush(WAIT), () -> name + ": " + link.lastFailure());
            assertEquals(0, link.refused(), name);
        }
    }

    private BrokerOptions client(String name, String role) {
        TlsFiles tls = new TlsFiles(Optional.of(authority.certificate()),
                Optional.of(authority.certificate().resolveSibling(name + ".pem")), Optional.of(server.key()));
        return BrokerOptions.at("ssl://localhost:" + broker.port()).tls(tls::socketFactory)
                .clientId(name + "-" + role).reconnectCap(Duration.ofMillis(200)).build();
    }
}
