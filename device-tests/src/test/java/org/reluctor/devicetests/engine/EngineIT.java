package org.reluctor.devicetests.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reluctor.devicetests.Closeness;
import org.reluctor.devicetests.Slowness;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.engine.Engine;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.ReferenceExecutor;
import org.reluctor.network.Value;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.operation.WeightFormat;
import org.reluctor.opencl.tuning.LaunchParameters;

/** The engine on a device against the float64 reference. */
class EngineIT {
    private static DeviceSession session;

    @BeforeAll
    static void open() {
        session = TestDevice.open();
    }

    @AfterAll
    static void close() {
        session.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 6, 7, 16, 17, 64, 1000})
    void run_istaOfAnyBatch_equalsReference(int frames) {
        RandomNetworks random = new RandomNetworks(frames);
        compare(random.ista(64, 24, 3), frames, random);
    }

    /** Weights beyond a core's cache: each product is shared by the compute units. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 20})
    void run_weightsBeyondACache_equalsReference(int frames) {
        RandomNetworks random = new RandomNetworks(100 + frames);
        compare(random.ista(600, 300, 2), frames, random);
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Slowness.cases(12));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void run_mixedShapesAndBroadcasts_equalsReference(long seed) {
        RandomNetworks random = new RandomNetworks(seed);
        RecoveryNetwork network = random.mixed();
        compare(network, 3, random);
        compare(network, 21, random);
    }

    /** What rounding the weights alone may cost a network that does not amplify: as a share of the signal's size. */
    @ParameterizedTest
    @CsvSource({"BFLOAT16, 1e-2", "FLOAT16, 5e-4", "INT8, 3e-2"})
    void run_reducedWeights_staysNear(WeightFormat format, double tolerance) {
        RandomNetworks random = new RandomNetworks(11);
        RecoveryNetwork network = random.lista(256, 64, 8);
        float[] y = random.vector(20 * 64, 1);
        double[] expected = new ReferenceExecutor(network).run(y, 20).get(0);
        float[] x = new float[expected.length];
        LaunchParameters parameters = LaunchParameters.of(session.device()).withWeights(format);
        try (Engine reduced = Engine.create(network, session, parameters, 20)) {
            reduced.run(y, 20, x);
        }
        double relative = Closeness.relative(expected, x);
        System.out.printf("%s: %.2e of the signal%n", format, relative);
        assertTrue(relative <= tolerance && relative > 1e-6, format + ": " + relative);
    }

    @Test
    void run_onlyAliases_copiesTheInput() {
        NetworkBuilder builder = new NetworkBuilder("copy");
        Value y = builder.input("y", 6);
        builder.output(builder.reshape(y, 0, 2, 3), "x");
        compare(builder.build(), 2, new RandomNetworks(1));
    }

    @Test
    void run_notANumber_passesThroughReluAndStaysInItsFrame() {
        RandomNetworks random = new RandomNetworks(5);
        RecoveryNetwork network = random.ista(32, 8, 2);
        for (int frames : new int[] {2, 20}) {
            float[] y = random.vector(frames * 8, 1);
            y[3] = Float.NaN;
            float[] x = new float[frames * 32];
            try (Engine engine = Engine.create(network, session, frames)) {
                engine.run(y, frames, x);
            }
            assertTrue(Float.isNaN(x[0]), "frame 0 must tell that it saw a NaN");
            for (int i = 32; i < x.length; i++) {
                assertTrue(Float.isFinite(x[i]), "frame " + i / 32 + " saw none");
            }
        }
    }

    @Test
    void run_sameBatchTwice_givesTheSameBits() {
        RandomNetworks random = new RandomNetworks(9);
        RecoveryNetwork network = random.ista(48, 16, 2);
        float[] y = random.vector(40 * 16, 1);
        float[] first = new float[40 * 48];
        float[] second = new float[40 * 48];
        try (Engine engine = Engine.create(network, session, 40)) {
            engine.run(y, 40, first);
            engine.run(random.vector(16, 1), 1, new float[48]);
            engine.run(y, 40, second);
        }
        assertArrayEquals(first, second);
    }

    @Test
    void run_productOfTwoComputedValues_equalsReference() {
        NetworkBuilder builder = new NetworkBuilder("gram");
        Value y = builder.reshape(builder.input("y", 16), 0, 4, 4);
        builder.output(builder.matMul(y, y), "x");
        compare(builder.build(), 7, new RandomNetworks(4));
    }

    @Test
    void run_moreFramesThanMaxBatch_isRefused() {
        RandomNetworks random = new RandomNetworks(2);
        try (Engine engine = Engine.create(random.ista(16, 4, 1), session, 3)) {
            assertThrows(IllegalArgumentException.class, () -> engine.run(new float[16], 4, new float[64]));
        }
    }

    @Test
    void run_manyBatches_allocatesNothing() {
        RandomNetworks random = new RandomNetworks(3);
        float[] y = random.vector(32 * 16, 1);
        float[][] results = {new float[32 * 64], null};
        var threads = (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        try (Engine engine = Engine.create(random.ista(64, 16, 3), session, 32)) {
            long before = 0;
            for (int i = 0; i < 3000; i++) {
                before = i == 1000 ? threads.getCurrentThreadAllocatedBytes() : before;
                engine.run(y, i % 2 == 0 ? 1 : 32, results);
            }
            long perRun = (threads.getCurrentThreadAllocatedBytes() - before) / 2000;
            assertEquals(0, perRun, "bytes a run");
        }
    }

    private static void compare(RecoveryNetwork network, int frames, RandomNetworks random) {
        int features = (int) network.input().shape().frameElements();
        float[] y = random.vector(frames * features, 1);
        List<double[]> expected = new ReferenceExecutor(network).run(y, frames);
        float[][] results = expected.stream().map(array -> new float[array.length]).toArray(float[][]::new);
        try (Engine engine = Engine.create(network, session, frames)) {
            engine.run(y, frames, results);
        }
        for (int output = 0; output < results.length; output++) {
            Closeness.assertClose(network.name() + " output " + output, expected.get(output), results[output]);
        }
    }
}
