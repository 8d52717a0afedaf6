package org.reluctor.devicetests.security;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.app.configuration.TlsFiles;
import org.reluctor.devicetests.broker.Mosquitto;
import org.reluctor.devicetests.security.TestAuthority.Identity;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.ConnectFailure;
import org.reluctor.stream.SensorLink;
import org.reluctor.stream.Topics;

/** Whom our end of an encrypted connection trusts, and whom a broker lets in. */
class TlsIT {
    private static final Duration WAIT = Duration.ofSeconds(10);
    private static final Topics TOPICS = new Topics("reluctor");

    @TempDir
    static Path issued;

    private static TestAuthority authority;
    private static Identity client;
    private static Identity server;

    @TempDir
    Path folder;

    @BeforeAll
    static void makeAuthority() throws Exception {
        authority = new TestAuthority(issued, "authority");
        client = authority.issue("client");
        server = authority.issue("server");
    }

    /** A broker with that certificate, which asks its clients for one of the authority. */
    private Mosquitto broker(Identity server) throws Exception {
        return Mosquitto.start(folder.resolve("broker"), "cafile " + authority.certificate(),
                "certfile " + server.certificate(), "keyfile " + server.key(), "require_certificate true");
    }

    private TlsFiles known() {
        return new TlsFiles(Optional.of(authority.certificate()), Optional.of(client.certificate()),
                Optional.of(client.key()));
    }

    private static SensorLink open(Mosquitto broker, TlsFiles tls) {
        return SensorLink.open(BrokerOptions.at("ssl://localhost:" + broker.port()).clientId("client")
                .reconnectCap(Duration.ofMillis(200)).tls(tls::socketFactory).build(), TOPICS);
    }

    /** The failure of somebody who is not let in, or does not go in. */
    private static ConnectFailure refused(Mosquitto broker, TlsFiles tls) throws Exception {
        try (SensorLink link = open(broker, tls)) {
            return awaitFailure(link);
        }
    }

    private static ConnectFailure awaitFailure(SensorLink link) throws InterruptedException {
        long end = System.nanoTime() + WAIT.toNanos();
        while (link.lastFailure().isEmpty() && System.nanoTime() - end < 0) {
            assertFalse(link.awaitConnected(Duration.ofMillis(100)));
        }
        return link.lastFailure().orElseThrow();
    }

    /** The first failures after a broker's restart may be those of a connection that broke, or found nobody. */
    private static String awaitTlsFailure(SensorLink link) throws InterruptedException {
        long end = System.nanoTime() + WAIT.toNanos();
        while (System.nanoTime() - end < 0) {
            ConnectFailure failure = link.lastFailure().orElse(null);
            if (failure != null && failure.kind() == ConnectFailure.Kind.TLS) {
                return failure.message();
            }
            Thread.sleep(20);
        }
        throw new AssertionError("no failure of TLS: " + link.lastFailure());
    }

    @Test
    void connect_certificatesOfOneAuthority_isLetIn() throws Exception {
        try (Mosquitto broker = broker(server); SensorLink link = open(broker, known())) {
            assertTrue(link.awaitConnected(WAIT), () -> link.lastFailure().toString());
        }
    }

    @Test
    void connect_withoutOrWithAForeignCertificate_isKeptOutByTheBroker() throws Exception {
        Identity foreign = new TestAuthority(folder.resolve("foreign"), "foreign").issue("stranger");
        try (Mosquitto broker = broker(server)) {
            TlsFiles none = new TlsFiles(Optional.of(authority.certificate()), Optional.empty(), Optional.empty());
            assertEquals(ConnectFailure.Kind.TLS, refused(broker, none).kind());
            refused(broker, new TlsFiles(none.authorities(), Optional.of(foreign.certificate()),
                    Optional.of(foreign.key())));
            try (SensorLink link = open(broker, known())) {
                assertTrue(link.awaitConnected(WAIT));
            }
        }
    }

    @Test
    void connect_brokerOfAnotherAuthority_isNotTrusted() throws Exception {
        TestAuthority other = new TestAuthority(folder.resolve("other"), "other");
        try (Mosquitto broker = broker(server)) {
            ConnectFailure failure = refused(broker, new TlsFiles(Optional.of(other.certificate()),
                    Optional.of(client.certificate()), Optional.of(client.key())));
            assertEquals(ConnectFailure.Kind.TLS, failure.kind());
        }
    }

    @Test
    void connect_certificateOfAnotherHost_isNotTrusted() throws Exception {
        notTrusted(serverLike("elsewhere", "dns:broker.example.com", "-1d"), "localhost");
    }

    @Test
    void connect_certificateThatIsOver_isNotTrusted() throws Exception {
        notTrusted(serverLike("late", "dns:localhost", "-5d"), "is over");
    }

    @Test
    void connect_certificateThatHasNotBegun_isNotTrusted() throws Exception {
        notTrusted(serverLike("early", "dns:localhost", "+2d"), "is not valid yet");
    }

    private static Identity serverLike(String name, String hosts, String from) throws Exception {
        return authority.issueLike("server", name, hosts, from, 3);
    }

    private void notTrusted(Identity wrong, String word) throws Exception {
        try (Mosquitto broker = broker(wrong)) {
            ConnectFailure failure = refused(broker, known());
            assertEquals(ConnectFailure.Kind.TLS, failure.kind(), failure.message());
            assertTrue(failure.message().contains(word), failure.message());
        }
    }

    @Test
    void connect_portWithoutTls_isLeft() throws Exception {
        try (Mosquitto broker = Mosquitto.start(folder.resolve("plain"))) {
            refused(broker, known());
        }
    }

    /** Nobody renewed it in time: that is told, and tried until somebody does. */
    @Test
    void reconnect_brokersCertificateOver_isToldAndTriedUntilItIsRenewed() throws Exception {
        Path served = Files.copy(server.certificate(), folder.resolve("served.pem"));
        Path key = Files.copy(server.key(), folder.resolve("served.key"));
        Identity over = serverLike("over", "dns:localhost", "-5d");
        try (Mosquitto broker = broker(new Identity(served, key)); SensorLink link = open(broker, known())) {
            assertTrue(link.awaitConnected(WAIT));
            serve(broker, over, served, key);
            for (int look = 0; look < 3; look++) {
                String message = awaitTlsFailure(link);
                assertTrue(message.contains("is over"), message);
                Thread.sleep(500);
            }
            serve(broker, server, served, key);
            link.publish("lab/a", new byte[] {1});
            assertTrue(link.flush(WAIT), () -> link.lastFailure().toString());
        }
    }

    private static void serve(Mosquitto broker, Identity next, Path certificate, Path key) throws Exception {
        Files.copy(next.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(next.key(), key, StandardCopyOption.REPLACE_EXISTING);
        broker.stop();
        broker.restart();
    }

    /** The files are those of the link all the time; what is in them changes while it is connected. */
    @Test
    void reconnect_renewedAuthority_needsNoRestart() throws Exception {
        Path trusted = Files.copy(authority.certificate(), folder.resolve("trusted.pem"));
        TestAuthority renewed = new TestAuthority(folder.resolve("renewed"), "renewed");
        TlsFiles files = new TlsFiles(Optional.of(trusted), known().certificate(), known().key());
        Path served = Files.copy(server.certificate(), folder.resolve("served.pem"));
        Path key = Files.copy(server.key(), folder.resolve("served.key"));
        try (Mosquitto broker = broker(new Identity(served, key)); SensorLink link = open(broker, files)) {
            assertTrue(link.awaitConnected(WAIT));
            serve(broker, renewed.issue("server"), served, key);
            awaitTlsFailure(link);
            Files.copy(renewed.certificate(), trusted, StandardCopyOption.REPLACE_EXISTING);
            link.publish("lab/a", new byte[] {1});
            assertTrue(link.flush(WAIT), () -> link.lastFailure().toString());
        }
    }
}
