package org.reluctor.devicetests.security;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.reluctor.app.configuration.TlsFiles;
import org.reluctor.devicetests.security.TestAuthority.Identity;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.ConnectFailure;
import org.reluctor.stream.SensorLink;

/**
 * Who stands between gateway and broker, or comes to the broker uninvited. The gateway is to refuse false brokers, and
 * to come back to the real one; the broker, by the settings that are shipped, false clients.
 */
final class TransportAttacks {
    private static final String FAILURES = "reluctor_connect_failures_total{side=\"ingress\"}";
    private static final String HOST = "dns:localhost";

    /** A link that held for so long is tried again without a pause when it breaks. */
    private static final long PROVEN_MILLIS = 2500;

    private TransportAttacks() {
    }

    static List<Attack> all() {
        return List.of(
                new Attack("transport", "no certificate", TransportAttacks::noCertificate),
                new Attack("transport", "wrong CA", TransportAttacks::wrongAuthority),
                new Attack("transport", "expired", fortress -> falseBroker(fortress,
                        FalseBroker.with(fortress.serverLike("expired", HOST, "-5d")), "NotAfter")),
                new Attack("transport", "not yet valid", fortress -> falseBroker(fortress,
                        FalseBroker.with(fortress.serverLike("early", HOST, "+2d")), "NotBefore")),
                new Attack("transport", "wrong host", fortress -> falseBroker(fortress,
                        FalseBroker.with(fortress.serverLike("elsewhere", "dns:broker.example.com", "-1d")),
                        "No subject alternative DNS name matching localhost")),
                new Attack("transport", "TLS 1.0", fortress -> falseBroker(fortress, FalseBroker.old(), "TLS10")),
                new Attack("transport", "plain port", TransportAttacks::plainPort));
    }

    private static Attack.Evidence noCertificate(Fortress fortress) throws Exception {
        TlsFiles none = new TlsFiles(Optional.of(fortress.authority.certificate()), Optional.empty(),
                Optional.empty());
        return keptOut(fortress, fortress.client("good").tls(none::socketFactory), "peer did not return a certificate");
    }

    private static Attack.Evidence wrongAuthority(Fortress fortress) throws Exception {
        Identity foreign = new TestAuthority(fortress.folder.resolve("foreign"), "foreign").issue("frame");
        keptOut(fortress, fortress.client(foreign), "certificate verify failed");
        return falseBroker(fortress, FalseBroker.with(foreign), "is of no authority that is trusted here");
    }

    private static Attack.Evidence plainPort(Fortress fortress) throws Exception {
        BrokerOptions.Builder plain = BrokerOptions.at(fortress.broker.uri()).clientId("test-plain");
        keptOut(fortress, plain, "wrong version number");
        return falseBroker(fortress, FalseBroker.plain(), "Unsupported or unrecognized SSL message");
    }

    /** The gateway is led to a false broker, and back after it has refused. */
    private static Attack.Evidence falseBroker(Fortress fortress, FalseBroker other, String line) throws Exception {
        TimeUnit.MILLISECONDS.sleep(PROVEN_MILLIS);
        try (other) {
            return fortress.refused("gateway", FAILURES, 1, line, () -> {
                fortress.detour.leadTo(other.port());
                fortress.sendGood(3);
                awaitRefusal(fortress);
            });
        } finally {
            fortress.detour.leadTo(fortress.broker.port());
        }
    }

    private static void awaitRefusal(Fortress fortress) throws Exception {
        double before = fortress.gateway.metric(FAILURES);
        await().atMost(Fortress.WAIT).until(() -> fortress.gateway.metric(FAILURES) > before
                && fortress.gateway.metric("reluctor_connected{side=\"ingress\"}") == 0);
    }

    /** A client is kept out by the broker, whose log has no metrics beside it: its lines are counted. */
    private static Attack.Evidence keptOut(Fortress fortress, BrokerOptions.Builder client, String line)
            throws Exception {
        long before = lines(fortress, line).size();
        try (SensorLink link = SensorLink.open(client.build(), Fortress.TOPICS)) {
            assertFalse(link.awaitConnected(Duration.ofSeconds(1)));
            assertFalse(link.lastFailure().map(ConnectFailure::message).orElse("").isEmpty());
            await().atMost(Fortress.WAIT).until(() -> lines(fortress, line).size() > before);
        }
        List<String> after = lines(fortress, line);
        return new Attack.Evidence("broker", "its log's lines " + before + " -> " + after.size(), after.get(0));
    }

    private static List<String> lines(Fortress fortress, String part) throws IOException {
        try (var lines = Files.lines(fortress.broker.folder().resolve("mosquitto.log"))) {
            return lines.filter(line -> line.contains(part)).toList();
        }
    }
}
