package org.reluctor.devicetests.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.devicetests.Alone;
import org.reluctor.devicetests.broker.Mosquitto;
import org.reluctor.stream.Gateway;
import org.reluctor.stream.GatewayStats;
import org.reluctor.stream.SensorLink;
import org.reluctor.stream.SignalLink;
import org.reluctor.stream.StreamEvents;
import org.reluctor.stream.codec.FrameFault;
import org.reluctor.stream.codec.FrameWriter;

/** Floods of well-made frames without keys, by somebody whom the broker lets publish anything. */
@Alone
class FloodIT {
    private static final int FLOOD = 3000;
    private static final int EVERY = 30;
    private static final int GOOD = FLOOD / EVERY;
    private static final int BURST = 200;

    @TempDir
    Path folder;

    private final FrameWriter writer = new FrameWriter();
    private final SignalRecorder signals = new SignalRecorder();

    @Test
    void stream_floodOfOneSensor_isCutToItsRateAndAnotherIsUnharmed() throws Exception {
        GatewayStats stats = flood(0, i -> "lab/loud");
        long refused = stats.framesRejected().get(FrameFault.FLOOD);
        assertTrue(refused > FLOOD / 3, refused + " refused");
        assertEquals(FLOOD + GOOD, refused + stats.framesAccepted());
    }

    @Test
    void stream_floodOfInventedSensors_isCutToTheNewOfAMinuteAndAKnownOneIsUnharmed() throws Exception {
        GatewayStats stats = flood(10, i -> "lab/x" + i);
        long refused = stats.framesRejected().get(FrameFault.NEW_SENSORS);
        assertTrue(refused > FLOOD - 100, refused + " refused");
        assertEquals(FLOOD + 1 - refused, stats.sensors());
    }

    private GatewayStats flood(int newPerMinute, IntFunction<String> sensors) throws Exception {
        try (Mosquitto broker = Mosquitto.start(folder);
                SignalLink subscriber = StreamHarness.subscriber(broker,
                        StreamHarness.TOPICS.signal(StreamHarness.SENSOR), signals);
                Gateway gateway = StreamHarness.open(StreamHarness.gateway(broker, broker).sensorRate(100, BURST)
                        .newSensorsPerMinute(newPerMinute), new LinearRecovery(), StreamEvents.NONE);
                SensorLink good = StreamHarness.sensor(broker);
                SensorLink attacker = StreamHarness.sensor(broker)) {
            for (int i = 0; i < FLOOD; i++) {
                if (i % EVERY == 0) {
                    good.publish(StreamHarness.SENSOR, StreamHarness.frame(writer, StreamHarness.SENSOR, 1, i / EVERY));
                }
                if (i == 0) {
                    StreamHarness.until("the good sensor is known", () -> signals.distinct() == 1);
                }
                attacker.publish(sensors.apply(i), StreamHarness.frame(writer, sensors.apply(i), 1, i));
            }
            assertTrue(attacker.flush(StreamHarness.WAIT));
            StreamHarness.until("the good frames", () -> signals.distinct() == GOOD);
            StreamHarness.until("all arrived", () -> gateway.stats().framesReceived() >= FLOOD + GOOD);
            StreamHarness.until("acknowledged", () -> gateway.stats().inFlight() == 0);
            assertEquals(0, signals.disordered() + signals.repeated());
            assertTrue(subscriber.lastFailure().isEmpty());
            return gateway.stats();
        }
    }
}
