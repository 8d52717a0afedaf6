package org.reluctor.devicetests.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.devicetests.broker.Mosquitto;
import org.reluctor.stream.SensorLink;
import org.reluctor.stream.SignalLink;
import org.reluctor.stream.codec.FrameWriter;

class RuntimeKilledIT {
    @TempDir
    Path folder;

    private final FrameWriter writer = new FrameWriter();

    @Test
    void stream_gatewayKilledTwice_losesNothingAndTheWillSaysOffline() throws Exception {
        int frames = 6000;
        SignalRecorder recorder = new SignalRecorder();
        ErrorCollector status = new ErrorCollector();
        try (Mosquitto broker = Mosquitto.start(folder);
                SignalLink signals = StreamHarness.subscriber(broker, StreamHarness.TOPICS.signal("+/+"), recorder);
                SignalLink states = StreamHarness.subscriber(broker, StreamHarness.TOPICS.status("lab", "gw-1"),
                        status);
                SensorLink sensor = StreamHarness.sensor(broker)) {
            Process gateway = GatewayProcess.start(broker.uri());
            StreamHarness.until("online", () -> last(status).equals("online"));
            for (int seq = 0; seq < frames; seq++) {
                sensor.publish(StreamHarness.SENSOR, StreamHarness.frame(writer, StreamHarness.SENSOR, 1, seq));
                if (seq == 2000 || seq == 4000) {
                    gateway.destroyForcibly().waitFor();
                    gateway = GatewayProcess.start(broker.uri());
                }
            }
            StreamHarness.until("all signals", () -> recorder.distinct() == frames);
            gateway.destroyForcibly().waitFor();
            StreamHarness.until("the Will", () -> last(status).equals("offline"));
            assertTrue(signals.lastFailure().isEmpty() && states.lastFailure().isEmpty());
            assertEquals(0, recorder.disordered());
        }
    }

    private static String last(ErrorCollector status) {
        List<String> states = status.values("state");
        return states.isEmpty() ? "" : states.get(states.size() - 1);
    }
}
