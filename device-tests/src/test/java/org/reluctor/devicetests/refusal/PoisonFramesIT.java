package org.reluctor.devicetests.refusal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.devicetests.command.RunningGateway;
import org.reluctor.devicetests.command.SmallNetworks;
import org.reluctor.devicetests.devicelost.FieldSite;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.OnnxReader;
import org.reluctor.stream.BrokerOptions;
import org.reluctor.stream.SignalLink;
import org.reluctor.stream.codec.FrameFields;
import org.reluctor.stream.codec.FrameWriter;
import org.reluctor.stream.codec.Signal;
import org.reluctor.stream.codec.SignalReader;

/**
 * Well-formed frames of finite measurements that are too large for float32 inside the network. A subscriber never gets
 * a sample that is no number: such a frame is counted, answered, and acknowledged; and the others of its batch come out
 * bit for bit as if it had been a good one.
 */
class PoisonFramesIT {
    private static final int BATCH = 11;
    private static final int POISONED = 5;
    private static final int M = 64;
    private static final String SENSOR = RunningGateway.SITE + "/large";

    @TempDir
    Path folder;

    private final FrameWriter writer = new FrameWriter();
    private final SignalReader reader = new SignalReader(1 << 20);
    private final Map<Long, float[]> signals = new ConcurrentHashMap<>();
    private final List<JsonNode> answers = new CopyOnWriteArrayList<>();
    private FieldSite site;
    private FrameFields fields;
    private long sent;

    @BeforeEach
    void open() throws Exception {
        site = new FieldSite(folder);
        Path model = SmallNetworks.overflowing(folder.resolve("overflowing.onnx"));
        MeasurementMatrix matrix = OnnxReader.read(model).matrix().orElseThrow();
        fields = FrameFields.of(SENSOR, 360, 1, matrix.idBits(), 256, M);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void gateway_framesThatOverflowInTheNetwork_areAnsweredAndTheirNeighboursUnharmed() throws Exception {
        try (SignalLink subscriber = SignalLink.open(
                        BrokerOptions.at(site.brokerUri()).clientId("listener").build(),
                        List.of("reluctor/v1/" + SENSOR + "/signal", "reluctor/v1/" + SENSOR + "/error"),
                        this::arrived);
                RunningGateway gateway = RunningGateway.start(folder, site.brokerUri(), Map.of(),
                        "networks: [{file: overflowing.onnx}]",
                        "batch: {max: " + BATCH + ", lingerMs: 2000}")) {
            site.until("subscribed", () -> subscriber.lastFailure().isEmpty());
            sendBatch(null);
            site.until("a batch", () -> signals.size() == BATCH);
            Map<Long, float[]> good = Map.copyOf(signals);
            for (float[] poison : List.of(all(3e38f), all(-Float.MAX_VALUE), alternating(3.3e38f))) {
                signals.clear();
                int answered = answers.size();
                sendBatch(poison);
                site.until("the neighbours and an answer for " + poison[0] + ", " + poison[1],
                        () -> signals.size() == BATCH - 1 && answers.size() == answered + 1);
                assertNeighbours(good);
                assertEquals("not-finite-output", answers.get(answered).get("reason").asText());
                assertEquals(sent - BATCH + POISONED, answers.get(answered).get("seq").asLong());
            }
            assertEquals(3, gateway.metric("reluctor_frames_rejected_total{reason=\"not-finite-output\"}"));
            assertEquals(4, gateway.metric("reluctor_batches_total"));
            assertEquals(0, gateway.metric("reluctor_frames_in_flight"));
            assertTrue(gateway.process().err().contains("finite is right"), gateway.process().err());
        }
    }

    private void assertNeighbours(Map<Long, float[]> good) {
        for (int i = 0; i < BATCH; i++) {
            float[] signal = signals.get(sent - BATCH + i);
            if (i == POISONED) {
                assertEquals(null, signal, "a signal of a poisoned frame");
            } else {
                assertArrayEquals(good.get((long) i), signal, "neighbour " + i);
            }
        }
    }

    /** The same frames each time, but for their numbers and the poisoned one. */
    private void sendBatch(float[] poison) throws InterruptedException {
        for (int i = 0; i < BATCH; i++) {
            float[] y = new float[M];
            for (int row = 0; row < M; row++) {
                y[row] = (i * 37 + row * 11) % 100 - 50;
            }
            site.sensor().publish(SENSOR, writer.write(fields.at(1, sent++), i == POISONED && poison != null ? poison
                    : y));
        }
    }

    private void arrived(String topic, byte[] payload) {
        try {
            if (topic.endsWith("/error")) {
                answers.add(new ObjectMapper().readTree(payload));
            } else {
                Signal signal = reader.read(payload);
                signals.put(signal.seq(), signal.x().clone());
            }
        } catch (Exception e) {
            throw new AssertionError(topic, e);
        }
    }

    private static float[] all(float value) {
        float[] y = new float[M];
        Arrays.fill(y, value);
        return y;
    }

    private static float[] alternating(float value) {
        float[] y = all(value);
        for (int i = 1; i < M; i += 2) {
            y[i] = -value;
        }
        return y;
    }
}
