package org.reluctor.devicetests.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.devicetests.broker.Mosquitto;
import org.reluctor.stream.Gateway;
import org.reluctor.stream.GatewayOptions;
import org.reluctor.stream.SensorLink;
import org.reluctor.stream.SignalLink;
import org.reluctor.stream.StreamEvents;
import org.reluctor.stream.codec.FrameWriter;

/** A frame above the gateway's largest packet, which a broker must not send, and may not let block the others. */
class PacketLimitIT {
    private static final int LARGEST_PACKET = 1024;

    @TempDir
    Path folder;

    private final FrameWriter writer = new FrameWriter();

    @Test
    void ingress_frameOverTheGatewaysPacketLimitQueuedWhileItWasAway_isLeftAndTheOthersGoThrough() throws Exception {
        SignalRecorder recorder = new SignalRecorder();
        try (Mosquitto broker = Mosquitto.start(folder);
                SignalLink signals = StreamHarness.subscriber(broker, StreamHarness.TOPICS.signal("+/+"), recorder);
                SensorLink sensor = StreamHarness.sensor(broker)) {
            open(broker).close();
            send(sensor, 0);
            sensor.publish(StreamHarness.TOPICS.frame(StreamHarness.SENSOR), new byte[2 * LARGEST_PACKET], 1, null);
            send(sensor, 1);
            try (Gateway gateway = open(broker)) {
                StreamHarness.until("the frames around it", () -> recorder.distinct() == 2);
                sensor.publish(StreamHarness.TOPICS.frame(StreamHarness.SENSOR), new byte[2 * LARGEST_PACKET], 1, null);
                for (int seq = 2; seq < 200; seq++) {
                    send(sensor, seq);
                }
                StreamHarness.until("all that fit", () -> recorder.distinct() == 200);
                StreamHarness.until("all acknowledged", () -> gateway.stats().inFlight() == 0);
                assertEquals(1, gateway.stats().ingressConnections());
                assertEquals(0, recorder.disordered());
            }
            assertTrue(signals.lastFailure().isEmpty());
        }
    }

    private static Gateway open(Mosquitto broker) throws Exception {
        return StreamHarness.open(GatewayOptions.builder("lab", "gw-1",
                StreamHarness.broker(broker, "gw-1").maximumPacketBytes(LARGEST_PACKET).receiveMaximum(8).build(),
                StreamHarness.broker(broker, "gw-1-out").build()), new LinearRecovery(), StreamEvents.NONE);
    }

    private void send(SensorLink sensor, int seq) throws InterruptedException {
        sensor.publish(StreamHarness.SENSOR, StreamHarness.frame(writer, StreamHarness.SENSOR, 1, seq));
    }
}
