package org.reluctor.devicetests.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reluctor.devicetests.Closeness;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.engine.Engine;
import org.reluctor.engine.lowering.LoweringException;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.ReferenceExecutor;
import org.reluctor.network.Value;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.operation.WeightFormat;
import org.reluctor.opencl.tuning.LaunchParameters;

/** Weights and thresholds that a trained network should not have and may: their results are those of the reference. */
class OddNumbersIT {
    private static final int ROWS = 128;
    private static final int COLUMNS = 64;

    private static DeviceSession session;

    private final NetworkBuilder builder = new NetworkBuilder("odd");
    private final RandomNetworks random = new RandomNetworks(3);

    @BeforeAll
    static void open() {
        session = TestDevice.open();
    }

    @AfterAll
    static void close() {
        session.close();
    }

    /** relu(y)·W, with those two weights in W [64][128]. */
    private RecoveryNetwork product(float ofRow5, float ofRow77) {
        float[] weights = random.vector(COLUMNS * ROWS, 1);
        weights[9 * ROWS + 5] = ofRow5;
        weights[9 * ROWS + 77] = ofRow77;
        Value w = builder.constant("W", weights, COLUMNS, ROWS);
        builder.output(builder.matMul(builder.relu(builder.input("y", COLUMNS)), w), "x");
        return builder.build();
    }

    private static float[] computed(RecoveryNetwork network, float[] y, int frames) {
        float[] x = new float[frames * (int) network.outputs().get(0).shape().frameElements()];
        try (Engine engine = Engine.create(network, session, frames)) {
            engine.run(y, frames, x);
        }
        return x;
    }

    /** Zeros are skipped only where weights are finite: 0·∞ and 0·NaN are NaN in every batch. */
    @ParameterizedTest
    @ValueSource(ints = {1, 20})
    void run_zeroTimesInfiniteOrNoWeight_isNoNumber(int frames) {
        RecoveryNetwork network = product(Float.POSITIVE_INFINITY, Float.NaN);
        float[] y = random.vector(frames * COLUMNS, 1);
        for (int frame = 0; frame < frames; frame++) {
            y[frame * COLUMNS + 9] = -1;
        }
        float[] x = computed(network, y, frames);
        for (int at = 0; at < x.length; at++) {
            boolean hit = at % ROWS == 5 || at % ROWS == 77;
            assertEquals(hit, Float.isNaN(x[at]), "row " + at % ROWS + " of frame " + at / ROWS);
        }
    }

    /** A learned threshold below 0: a jump in one form, an amplification in the other, and never a soft threshold. */
    @ParameterizedTest
    @ValueSource(ints = {1, 20})
    void run_negativeThreshold_equalsReference(int frames) {
        Value y = builder.input("y", 5);
        Value t = builder.constant("t", new float[] {-0.5f});
        Value jump = builder.mul(builder.sign(y), builder.relu(builder.sub(builder.abs(y), t)));
        Value two = builder.sub(builder.relu(builder.sub(y, t)), builder.relu(builder.sub(builder.neg(y), t)));
        builder.output(builder.concat(1, jump, two), "x");
        RecoveryNetwork network = builder.build();
        float[] points = {0.2f, -0.2f, 0.7f, -0.7f, 0};
        float[] all = new float[frames * 5];
        IntStream.range(0, all.length).forEach(at -> all[at] = points[at % 5]);
        double[] expected = new ReferenceExecutor(network).run(all, frames).get(0);
        assertEquals(0.7, expected[0], 1e-6, "the jump at 0.2");
        assertEquals(0.4, expected[5], 1e-6, "two ReLUs at 0.2");
        Closeness.assertClose("threshold -0.5", expected, computed(network, all, frames));
    }

    @ParameterizedTest
    @CsvSource({"FLOAT16, 70000, bfloat16", "BFLOAT16, 3.402823e38, float32"})
    void create_weightBeyondTheFormat_isRefused(WeightFormat format, float weight, String instead) {
        RecoveryNetwork network = product(1, weight);
        LaunchParameters parameters = LaunchParameters.of(session.device()).withWeights(format);
        String message = assertThrows(LoweringException.class, () -> Engine.create(network, session, parameters, 1))
                .getMessage();
        assertTrue(message.contains("'x'") && message.contains(String.valueOf(weight))
                && message.contains("use float32") && message.contains(instead), message);
    }

    @Test
    void create_batchBeyondAnyDevice_isRefusedWithItsSize() {
        builder.output(builder.relu(builder.input("y", 1 << 20)), "x");
        RecoveryNetwork network = builder.build();
        String message = assertThrows(LoweringException.class, () -> Engine.create(network, session, 4096))
                .getMessage();
        assertTrue(message.startsWith("odd needs 8 MiB") && message.contains("4096"), message);
    }

    @Test
    void run_arraysThatDoNotFit_areRefusedBeforeAnythingIsComputed() {
        try (Engine engine = Engine.create(product(1, 2), session, 2)) {
            float[] y = new float[2 * COLUMNS];
            float[] x = new float[2 * ROWS];
            assertThrows(IllegalArgumentException.class, () -> engine.run(new float[COLUMNS], 2, x));
            assertThrows(IllegalArgumentException.class, () -> engine.run(y, 2, new float[ROWS]));
            assertThrows(IllegalArgumentException.class, () -> engine.run(y, 2, x, x));
            engine.run(y, 2, x);
        }
    }
}
