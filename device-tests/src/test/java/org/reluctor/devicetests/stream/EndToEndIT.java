package org.reluctor.devicetests.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.devicetests.Slowness;
import org.reluctor.devicetests.broker.Mosquitto;
import org.reluctor.stream.Gateway;
import org.reluctor.stream.GatewayState;
import org.reluctor.stream.SensorLink;
import org.reluctor.stream.SignalLink;
import org.reluctor.stream.StreamEvents;
import org.reluctor.stream.codec.FrameWriter;
import org.reluctor.stream.codec.Signal;

class EndToEndIT {
    @TempDir
    Path folder;

    @Test
    void stream_manyFramesOfFourSensors_arriveOnceInOrderWithTheRightSamples() throws Exception {
        int frames = Slowness.cases(10_000);
        SignalRecorder recorder = new SignalRecorder();
        LinearRecovery recovery = new LinearRecovery();
        try (Mosquitto broker = Mosquitto.start(folder);
                SignalLink subscriber = StreamHarness.subscriber(broker, StreamHarness.TOPICS.signal("+/+"), recorder);
                Gateway gateway = StreamHarness.open(StreamHarness.gateway(broker, broker), recovery,
                        StreamEvents.NONE);
                SensorLink sensor = StreamHarness.sensor(broker)) {
            FrameWriter writer = new FrameWriter();
            for (int i = 0; i < frames; i++) {
                String name = "lab/ecg-" + i % 4;
                sensor.publish(name, StreamHarness.frame(writer, name, 1, i / 4));
            }
            StreamHarness.until("all signals", () -> recorder.distinct() == frames);

            assertTrue(subscriber.lastFailure().isEmpty());
            assertEquals(0, recorder.repeated());
            assertEquals(0, recorder.disordered());
            assertEquals(0, recorder.unreadable());
            recorder.signals().forEach(EndToEndIT::assertSamples);
            StreamHarness.until("all acknowledged", () -> gateway.stats().inFlight() == 0);
            assertEquals(frames, gateway.stats().signalsDelivered());
            assertEquals(0, gateway.stats().gaps());
            assertEquals(4, gateway.stats().sensors());
            assertTrue(gateway.drain(Slowness.patience(Duration.ofSeconds(5))));
            assertEquals(GatewayState.OFFLINE, gateway.state());
        }
    }

    private static void assertSamples(Signal signal) {
        float first = signal.seq() % 1000;
        for (int i = 0; i < LinearRecovery.N; i++) {
            assertEquals(LinearRecovery.expected(first + i % LinearRecovery.M, i), signal.x()[i]);
        }
        assertEquals(LinearRecovery.MODEL, signal.modelId());
        assertEquals(0.25f, signal.residual());
        assertEquals(0, signal.flags());
    }
}
