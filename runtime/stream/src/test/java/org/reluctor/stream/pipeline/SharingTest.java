package org.reluctor.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reluctor.stream.mqtt.ScriptedBroker.Packet;
import org.reluctor.stream.mqtt.ScriptedBroker.Peer;

/** Shared subscriptions at brokers that offer them, and at brokers where frames would be lost. */
@Timeout(60)
class SharingTest {
    private static final byte SHARED_AVAILABLE = 0x2A;
    private static final byte SESSION_EXPIRY = 0x11;

    private ScriptedStream stream;

    @BeforeEach
    void make() throws IOException {
        stream = new ScriptedStream();
    }

    @AfterEach
    void close() throws IOException {
        stream.close();
    }

    @Test
    void group_offered_subscribesForItAndGivesUpWhatTheSessionHeldBefore() {
        stream.open(broker -> broker, gateway -> gateway.shareGroup("east"));
        Peer sensors = stream.sensors(1);
        assertTrue(text(sensors.received(8).get(0)).contains("$share/east/reluctor/v1/lab/+/frame"));
        ScriptedStream.until("given up", () -> !sensors.received(10).isEmpty());
        assertTrue(text(sensors.received(10).get(0)).contains("reluctor/v1/lab/+/frame"));
        assertFalse(text(sensors.received(10).get(0)).contains("$share"));
    }

    @Test
    void group_notOffered_isRefusedInOneSentence() {
        refused(new byte[] {SHARED_AVAILABLE, 0}, "offers no shared subscriptions; a partition (fleet.partition), or a"
                + " broker that does, is right");
    }

    @Test
    void group_sessionsEndWithTheirConnections_isRefusedInOneSentence() {
        refused(new byte[] {SESSION_EXPIRY, 0, 0, 0, 0}, "ends sessions with their connections (session expiry 0), and"
                + " would lose what is unacknowledged; a broker that keeps them is right");
    }

    private void refused(byte[] connackProperties, String why) {
        stream.ingress.connackProperties = connackProperties;
        stream.open(broker -> broker, gateway -> gateway.shareGroup("east"));
        ScriptedStream.until("refused", () -> !stream.failures.isEmpty());
        assertEquals("ingress broker " + stream.ingress.uri() + ": " + why, stream.failures.get(0).message());
        assertEquals(List.of(), stream.ingress.await(ScriptedStream.IN, 1, false).received(8), "not subscribed");
    }

    private static String text(Packet packet) {
        return new String(packet.body(), StandardCharsets.ISO_8859_1);
    }
}
