package org.reluctor.devicetests.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.devicetests.broker.Mosquitto;
import org.reluctor.stream.Gateway;
import org.reluctor.stream.SensorLink;
import org.reluctor.stream.SignalLink;
import org.reluctor.stream.StreamEvents;
import org.reluctor.stream.codec.FrameWriter;

/**
 * What the threads of a running gateway allocate for a frame, from their own counters. The client library alone takes
 * 2.8 KB to read a PUBLISH and acknowledge it, and 5 KB to send one and read its PUBACK, several copies of the payload
 * among it; the bounds leave room for little else.
 */
class AllocationIT {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int FRAMES = 10_000;

    @TempDir
    Path folder;

    @Test
    void stream_warm_allocatesNothingOnTheEngineThreadAndLittleMoreThanTheClientLibraryElsewhere() throws Exception {
        SignalRecorder recorder = new SignalRecorder();
        try (Mosquitto broker = Mosquitto.start(folder);
                SignalLink subscriber = StreamHarness.subscriber(broker, StreamHarness.TOPICS.signal("+/+"), recorder);
                Gateway gateway = StreamHarness.open(StreamHarness.gateway(broker, broker), new LinearRecovery(),
                        StreamEvents.NONE);
                SensorLink sensor = StreamHarness.sensor(broker)) {
            send(sensor, recorder, 0);
            Map<String, Long> before = allocated();
            int frameBytes = send(sensor, recorder, FRAMES);
            Map<String, Long> after = allocated();

            assertTrue(subscriber.lastFailure().isEmpty());
            assertEquals(2 * FRAMES, gateway.stats().signalsDelivered());
            after.replaceAll((name, bytes) -> bytes - before.getOrDefault(name, 0L));
            int signalBytes = 4 * LinearRecovery.N + 64;
            double ingress = ofClient(after, "gw-1", "reluctor-control");
            double egress = ofClient(after, "gw-1-out", "reluctor-egress");
            System.out.printf("bytes a frame: engine %.3f, ingress %.0f (payload %d), egress %.0f (payload %d)%n",
                    after.get("reluctor-engine") / (double) FRAMES, ingress, frameBytes, egress, signalBytes);
            assertEquals(0, after.get("reluctor-engine"), "bytes on the engine thread");
            assertTrue(ingress <= 3 * frameBytes + 2900, "ingress threads: " + ingress + " bytes a frame; " + after);
            assertTrue(egress <= 4 * signalBytes + 6000, "egress threads: " + egress + " bytes a frame; " + after);
        }
    }

    private static int send(SensorLink sensor, SignalRecorder recorder, int from) throws Exception {
        FrameWriter writer = new FrameWriter();
        int bytes = 0;
        for (int seq = from; seq < from + FRAMES; seq++) {
            byte[] frame = StreamHarness.frame(writer, StreamHarness.SENSOR, 1, seq);
            bytes = frame.length;
            sensor.publish(StreamHarness.SENSOR, frame);
        }
        StreamHarness.until("all signals", () -> recorder.distinct() == from + FRAMES);
        return bytes;
    }

    private static Map<String, Long> allocated() {
        Map<String, Long> byName = new TreeMap<>();
        for (long id : THREADS.getAllThreadIds()) {
            ThreadInfo info = THREADS.getThreadInfo(id);
            if (info != null) {
                byName.put(info.getThreadName(), THREADS.getThreadAllocatedBytes(id));
            }
        }
        return byName;
    }

    private static double ofClient(Map<String, Long> bytes, String clientId, String ourThread) {
        long sum = bytes.get(ourThread);
        for (String part : new String[] {"Rec", "Snd", "Call"}) {
            sum += bytes.get("MQTT " + part + ": " + clientId);
        }
        return sum / (double) FRAMES;
    }
}
