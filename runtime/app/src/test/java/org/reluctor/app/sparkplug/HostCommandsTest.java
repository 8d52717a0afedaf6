package org.reluctor.app.sparkplug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload;
import org.eclipse.tahu.protobuf.SparkplugBProto.Payload.Metric;
import org.junit.jupiter.api.Test;
import org.reluctor.stream.mqtt.MqttSession;
import org.reluctor.stream.mqtt.OutboundMessage;
import org.reluctor.stream.mqtt.PublishReceipt;
import org.reluctor.stream.pipeline.Doorbell;

class HostCommandsTest {
    private final HostCommands commands = new HostCommands(new Doorbell());
    private final List<Integer> acknowledged = new ArrayList<>();

    @Test
    void rebirth_isWantedUntilTold() {
        arrive(command(MetricPayload.REBIRTH, true), 1);
        assertFalse(commands.isRebirthWanted());
        assertEquals(1, commands.read());
        assertTrue(commands.isRebirthWanted());
        commands.rebirthTold();
        assertFalse(commands.isRebirthWanted());
        assertEquals(0, commands.read());
    }

    @Test
    void whatIsNoWish_isLeftAloneAndAcknowledged() {
        arrive(command(MetricPayload.REBIRTH, false), 1);
        arrive(command("Frames/Received", true), 2);
        arrive(new byte[] {(byte) 0xff, 1, 2}, 3);
        arrive(new byte[HostCommands.MOST_BYTES + 1], 4);
        assertEquals(3, commands.read());
        assertFalse(commands.isRebirthWanted());
        assertEquals(List.of(1, 2, 3, 4), acknowledged);
    }

    @Test
    void flood_keepsAFewAndIsAcknowledged() {
        IntStream.rangeClosed(1, 1000).forEach(id -> arrive(command(MetricPayload.REBIRTH, true), id));
        assertEquals(HostCommands.MOST, commands.read());
        assertEquals(1000, acknowledged.size());
    }

    private static byte[] command(String name, boolean value) {
        return Payload.newBuilder().addMetrics(Metric.newBuilder().setName(name).setBooleanValue(value)).build()
                .toByteArray();
    }

    private void arrive(byte[] payload, int packetId) {
        commands.arrived(new Acknowledging(), "spBv1.0/g/NCMD/n", payload, 1, packetId, null);
    }

    /** Notes what is acknowledged. */
    private final class Acknowledging implements MqttSession {
        @Override
        public long epoch() {
            return 1;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public boolean sessionPresent() {
            return false;
        }

        @Override
        public long maximumPacketBytes() {
            return Long.MAX_VALUE;
        }

        @Override
        public boolean publish(OutboundMessage message, PublishReceipt receipt) {
            return false;
        }

        @Override
        public void unsubscribe(List<String> filters) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void acknowledge(int packetId) {
            acknowledged.add(packetId);
        }
    }
}
