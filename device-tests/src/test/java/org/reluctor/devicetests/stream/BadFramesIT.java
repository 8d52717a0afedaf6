package org.reluctor.devicetests.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.devicetests.broker.Mosquitto;
import org.reluctor.stream.Gateway;
import org.reluctor.stream.SensorLink;
import org.reluctor.stream.SignalLink;
import org.reluctor.stream.StreamEvents;
import org.reluctor.stream.codec.FrameFault;
import org.reluctor.stream.codec.FrameWriter;
import org.reluctor.stream.codec.Signal;

class BadFramesIT {
    @TempDir
    Path folder;

    private final FrameWriter writer = new FrameWriter();

    @Test
    void stream_badFramesAmongGoodOnes_areAnsweredByReasonAndNoGoodOneIsLost() throws Exception {
        SignalRecorder recorder = new SignalRecorder();
        ErrorCollector errors = new ErrorCollector();
        try (Mosquitto broker = Mosquitto.start(folder);
                SignalLink signals = StreamHarness.subscriber(broker, StreamHarness.TOPICS.signal("+/+"), recorder);
                SignalLink answers = StreamHarness.subscriber(broker, StreamHarness.TOPICS.error("+/+"), errors);
                Gateway gateway = StreamHarness.open(StreamHarness.gateway(broker, broker), new LinearRecovery(),
                        StreamEvents.NONE);
                SensorLink sensor = StreamHarness.sensor(broker)) {
            int seq = 0;
            for (byte[] bad : badPayloads()) {
                publish(sensor, good(seq++));
                publish(sensor, bad);
            }
            sensor.publish(StreamHarness.TOPICS.frame(StreamHarness.SENSOR), good(seq), 1, "text/plain");
            sensor.publish("reluctor/v1/lab/_bad/frame", good(seq), 1, null);
            publish(sensor, good(seq++));
            publish(sensor, StreamHarness.frame(writer, StreamHarness.SENSOR, 0, 7));
            int sent = seq;

            StreamHarness.until("all good frames", () -> recorder.distinct() == sent);
            List<String> wanted = List.of("empty", "not-cbor", "sensor-mismatch", "truncated", "trailing-bytes",
                    "not-finite-output", "content-type", "boot");
            StreamHarness.until("all answers", () -> errors.texts().size() == wanted.size());
            StreamHarness.until("all acknowledged", () -> gateway.stats().inFlight() == 0);
            assertTrue(signals.lastFailure().isEmpty() && answers.lastFailure().isEmpty());
            assertEquals(wanted, errors.values("reason"));
            assertEquals(StreamHarness.SENSOR, errors.values("sensor").get(0));
            assertEquals(64, errors.values("sha256").get(0).length());
            assertEquals(wanted.size() + 1, gateway.stats().framesRejectedTotal());
            assertEquals(1, gateway.stats().framesRejected().get(FrameFault.NO_ROUTE));
            assertEquals(0, recorder.disordered() + recorder.repeated());
        }
    }

    private List<byte[]> badPayloads() {
        byte[] good = good(3);
        byte[] poison = StreamHarness.frame(writer, StreamHarness.SENSOR, 1, 5, LinearRecovery.POISON);
        return List.of(new byte[0], "hello".getBytes(StandardCharsets.UTF_8),
                StreamHarness.frame(writer, "lab/other", 1, 1), Arrays.copyOf(good, good.length - 3),
                Arrays.copyOf(good, good.length + 1), poison);
    }

    @Test
    void stream_sensorBeginningAgainWithoutMemory_isHeardAtOnceWithTheGapFlag() throws Exception {
        SignalRecorder recorder = new SignalRecorder();
        try (Mosquitto broker = Mosquitto.start(folder);
                SignalLink signals = StreamHarness.subscriber(broker, StreamHarness.TOPICS.signal("+/+"), recorder);
                Gateway gateway = StreamHarness.open(StreamHarness.gateway(broker, broker), new LinearRecovery(),
                        StreamEvents.NONE);
                SensorLink sensor = StreamHarness.sensor(broker)) {
            for (int seq = 0; seq < 3; seq++) {
                publish(sensor, StreamHarness.frame(writer, StreamHarness.SENSOR, 0, seq, 1 + seq));
            }
            publish(sensor, StreamHarness.frame(writer, StreamHarness.SENSOR, 0, 0, 70));
            publish(sensor, StreamHarness.frame(writer, StreamHarness.SENSOR, 0, 5, 80));
            publish(sensor, StreamHarness.frame(writer, StreamHarness.SENSOR, 0, 5, 80));

            StreamHarness.until("the five frames", () -> gateway.stats().signalsDelivered() == 5);
            StreamHarness.until("the replay", () -> gateway.stats().duplicates() == 1);
            StreamHarness.until("all signals", () -> recorder.distinct() + recorder.repeated() == 5);
            assertTrue(signals.lastFailure().isEmpty());
            assertEquals(1, gateway.stats().restarts());
            assertEquals(1, gateway.stats().gaps());
            Signal last = recorder.signals().get(3);
            assertTrue(last.seq() == 5 && last.has(Signal.FLAG_GAP));
        }
    }

    private byte[] good(long seq) {
        return StreamHarness.frame(writer, StreamHarness.SENSOR, 1, seq);
    }

    private static void publish(SensorLink sensor, byte[] payload) throws InterruptedException {
        sensor.publish(StreamHarness.SENSOR, payload);
    }
}
