package org.reluctor.devicetests.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.devicetests.Slowness;
import org.reluctor.devicetests.broker.Mosquitto;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.ConnectFailure;
import org.reluctor.stream.Gateway;
import org.reluctor.stream.GatewayOptions;
import org.reluctor.stream.GatewayState;
import org.reluctor.stream.Route;
import org.reluctor.stream.SignalLink;
import org.reluctor.stream.StreamEvents;

/** The first connection: what an operator is told, and what the status topic says. */
class LoginIT {
    @TempDir
    Path folder;

    @Test
    void awaitOnline_wrongPassword_failsAtOnceAndNamesUserAndReason() throws Exception {
        Path passwords = folder.resolve("passwords");
        new ProcessBuilder("mosquitto_passwd", "-b", "-c", passwords.toString(), "gateway", "right").start().waitFor();
        try (Mosquitto broker = Mosquitto.startWith(folder, List.of("allow_anonymous false",
                "password_file " + passwords));
                Gateway wrong = open(broker, "wrong")) {
            long begin = System.nanoTime();
            assertFalse(wrong.awaitOnline(StreamHarness.WAIT));
            assertTrue(System.nanoTime() - begin < Slowness.patience(Duration.ofSeconds(5)).toNanos());
            ConnectFailure failure = wrong.lastFailure().orElseThrow();
            assertEquals(ConnectFailure.Kind.BAD_CREDENTIALS, failure.kind());
            assertTrue(failure.message().contains("\"gateway\"") && !failure.message().contains("wrong"));
            try (Gateway right = open(broker, "right")) {
                assertTrue(right.awaitOnline(StreamHarness.WAIT));
            }
        }
    }

    @Test
    void awaitOnline_brokerAwayAtFirst_goesOnTryingAndSaysWhy() throws Exception {
        try (Mosquitto broker = Mosquitto.start(folder)) {
            broker.stop();
            try (Gateway gateway = open(broker, "any")) {
                assertFalse(gateway.awaitOnline(Duration.ofMillis(700)));
                ConnectFailure failure = gateway.lastFailure().orElseThrow();
                assertEquals(ConnectFailure.Kind.UNREACHABLE, failure.kind());
                assertFalse(failure.permanent());
                assertEquals(GatewayState.STARTING, gateway.state());
                broker.restart();
                assertTrue(gateway.awaitOnline(StreamHarness.WAIT));
            }
        }
    }

    @Test
    void status_throughALife_isOnlineThenDrainingThenOfflineAndRetained() throws Exception {
        ErrorCollector status = new ErrorCollector();
        String topic = StreamHarness.TOPICS.status("lab", "gw-1");
        try (Mosquitto broker = Mosquitto.start(folder);
                SignalLink states = StreamHarness.subscriber(broker, topic, status)) {
            Gateway gateway = open(broker, "any");
            assertTrue(gateway.awaitOnline(StreamHarness.WAIT));
            StreamHarness.until("online", () -> status.values("state").contains("online"));
            assertTrue(gateway.drain(Slowness.patience(Duration.ofSeconds(5))));
            StreamHarness.until("offline", () -> status.values("state").contains("offline"));
            ErrorCollector later = new ErrorCollector();
            try (SignalLink retained = StreamHarness.subscriber(broker, topic, later)) {
                StreamHarness.until("the retained state", () -> later.values("state").equals(List.of("offline")));
                assertTrue(retained.lastFailure().isEmpty() && states.lastFailure().isEmpty());
            }
            String last = later.texts().get(0);
            for (String field : List.of("instance", "epoch", "state", "version", "models", "device", "since")) {
                assertTrue(last.contains("\"" + field + "\":"), last);
            }
        }
        assertTrue(Files.exists(folder.resolve("mosquitto.log")));
    }

    private static Gateway open(Mosquitto broker, String password) {
        BrokerOptions.Builder options = StreamHarness.broker(broker, "gw-1")
                .credentials("gateway", password::toCharArray);
        GatewayOptions gateway = GatewayOptions.builder("lab", "gw-1", options.build(),
                options.clientId("gw-1-out").build()).build();
        return Gateway.open(gateway, List.of(new Route("lab/+", new LinearRecovery())), StreamEvents.NONE);
    }
}
