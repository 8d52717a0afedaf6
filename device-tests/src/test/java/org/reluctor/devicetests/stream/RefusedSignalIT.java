package org.reluctor.devicetests.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.devicetests.broker.Mosquitto;
import org.reluctor.stream.Gateway;
import org.reluctor.stream.GatewayState;
import org.reluctor.stream.OnRefused;
import org.reluctor.stream.SensorLink;
import org.reluctor.stream.SignalLink;
import org.reluctor.stream.StreamEvents;
import org.reluctor.stream.codec.FrameWriter;

/** A downstream broker whose access rules refuse the signals of one sensor. */
class RefusedSignalIT {
    private static final List<String> DENYING = List.of("topic read #", "topic write reluctor/v1/lab/free/signal");
    private static final List<String> ALLOWING = List.of("topic readwrite #");

    @TempDir
    Path folder;

    private final FrameWriter writer = new FrameWriter();

    @Test
    void stream_refusedSignalOnHold_isKeptToldAndDeliveredInOrderOnceAllowed() throws Exception {
        SignalRecorder recorder = new SignalRecorder();
        try (Mosquitto sensorSide = Mosquitto.start(folder.resolve("in"));
                Mosquitto downstream = guarded();
                SignalLink signals = StreamHarness.subscriber(downstream, StreamHarness.TOPICS.signal("+/+"), recorder);
                Gateway gateway = StreamHarness.open(StreamHarness.gateway(sensorSide, downstream),
                        new LinearRecovery(), StreamEvents.NONE);
                SensorLink sensor = StreamHarness.sensor(sensorSide)) {
            sendBoth(sensor);
            StreamHarness.until("degraded", () -> gateway.state() == GatewayState.DEGRADED);
            StreamHarness.until("the other sensor's signals", () -> recorder.distinct() == 10);
            assertTrue(gateway.stats().inFlight() > 0);

            Files.write(downstream.folder().resolve("acl"), ALLOWING);
            downstream.reload();
            StreamHarness.until("all signals", () -> recorder.distinct() == 20);
            StreamHarness.until("online", () -> gateway.state() == GatewayState.ONLINE);
            StreamHarness.until("all acknowledged", () -> gateway.stats().inFlight() == 0);
            assertTrue(signals.lastFailure().isEmpty());
            assertEquals(0, recorder.disordered());
            assertEquals(0, gateway.stats().signalsDropped());
        }
    }

    @Test
    void stream_refusedSignalToBeDropped_isCountedAndAcknowledged() throws Exception {
        SignalRecorder recorder = new SignalRecorder();
        try (Mosquitto sensorSide = Mosquitto.start(folder.resolve("in"));
                Mosquitto downstream = guarded();
                SignalLink signals = StreamHarness.subscriber(downstream, StreamHarness.TOPICS.signal("+/+"), recorder);
                Gateway gateway = StreamHarness.open(StreamHarness.gateway(sensorSide, downstream)
                        .onRefused(OnRefused.DROP), new LinearRecovery(), StreamEvents.NONE);
                SensorLink sensor = StreamHarness.sensor(sensorSide)) {
            sendBoth(sensor);
            StreamHarness.until("all acknowledged", () -> gateway.stats().signalsDropped() == 10
                    && gateway.stats().inFlight() == 0);
            StreamHarness.until("the other sensor's signals", () -> recorder.distinct() == 10);
            assertTrue(signals.lastFailure().isEmpty());
            assertEquals(GatewayState.ONLINE, gateway.state());
        }
    }

    @Test
    void stream_signalOverTheBrokersPacketLimit_isRefusedWithoutLosingTheConnection() throws Exception {
        try (Mosquitto sensorSide = Mosquitto.start(folder.resolve("in"));
                Mosquitto downstream = Mosquitto.start(folder.resolve("out"), "max_packet_size 250");
                Gateway gateway = StreamHarness.open(StreamHarness.gateway(sensorSide, downstream)
                        .onRefused(OnRefused.DROP), new LinearRecovery(), StreamEvents.NONE);
                SensorLink sensor = StreamHarness.sensor(sensorSide)) {
            sensor.publish(StreamHarness.SENSOR, StreamHarness.frame(writer, StreamHarness.SENSOR, 1, 0));
            StreamHarness.until("dropped", () -> gateway.stats().signalsDropped() == 1);
            StreamHarness.until("acknowledged", () -> gateway.stats().inFlight() == 0);
            assertEquals(1, gateway.stats().egressConnections());
        }
    }

    private void sendBoth(SensorLink sensor) throws InterruptedException {
        for (int seq = 0; seq < 10; seq++) {
            sensor.publish("lab/barred", StreamHarness.frame(writer, "lab/barred", 1, seq));
            sensor.publish("lab/free", StreamHarness.frame(writer, "lab/free", 1, seq));
        }
    }

    private Mosquitto guarded() throws Exception {
        Path out = Files.createDirectories(folder.resolve("out"));
        Files.write(out.resolve("acl"), DENYING);
        return Mosquitto.start(out, "acl_file " + out.resolve("acl"));
    }
}
