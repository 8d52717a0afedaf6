package org.reluctor.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceExecutorTest {
    @ParameterizedTest
    @ValueSource(longs = {101, 102, 103, 104, 105, 106, 107, 108, 109, 110})
    void run_batch_isEachFrameAlone(long seed) {
        RecoveryNetwork network = RandomNetworks.network(seed);
        int m = network.metadata().m();
        int n = network.metadata().n();
        int batch = 5;
        double[] y = RandomNetworks.measurements(seed, batch * m);
        ReferenceExecutor executor = new ReferenceExecutor(network);
        double[] together = executor.run(y, batch).get(0);
        for (int frame = 0; frame < batch; frame++) {
            double[] alone = executor.run(slice(y, frame * m, m), 1).get(0);
            assertArrayEquals(alone, slice(together, frame * n, n), "seed " + seed + ", frame " + frame);
        }
    }

    private static double[] slice(double[] values, int from, int length) {
        return Arrays.copyOfRange(values, from, from + length);
    }

    @Test
    void run_float32Constants_areWidenedNotRoundedAgain() {
        NetworkBuilder builder = new NetworkBuilder("test");
        Value y = builder.input("y", 1);
        builder.output(builder.mul(y, builder.constant("tenth", new float[] {0.1f})), "x");
        double x = new ReferenceExecutor(builder.build()).run(new double[] {3}, 1).get(0)[0];
        assertEquals(3 * (double) 0.1f, x);
    }

    @Test
    void run_measurementsOfWrongLength_isRefused() {
        ReferenceExecutor executor = new ReferenceExecutor(RandomNetworks.network(1));
        String message = assertThrows(IllegalArgumentException.class, () -> executor.run(new double[1000], 1))
                .getMessage();
        assertTrue(message.startsWith("1000 measurements for a batch of 1; the input [B, "), message);
        assertThrows(IllegalArgumentException.class, () -> executor.run(new double[0], 0));
    }

    @Test
    void run_givenArray_isNeitherChangedNorHandedOut() {
        NetworkBuilder builder = new NetworkBuilder("test");
        builder.output(builder.input("y", 2), "x");
        double[] y = {1, 2};
        double[] x = new ReferenceExecutor(builder.build()).run(y, 1).get(0);
        x[0] = 9;
        assertArrayEquals(new double[] {1, 2}, y);
    }

    @Test
    void run_fromManyThreads_givesTheSame() {
        RecoveryNetwork network = RandomNetworks.network(12);
        ReferenceExecutor executor = new ReferenceExecutor(network);
        double[] y = RandomNetworks.measurements(12, 40 * network.metadata().m());
        double[] expected = executor.run(y, 40).get(0);
        List<double[]> results = IntStream.range(0, 64).parallel().mapToObj(any -> executor.run(y, 40).get(0)).toList();
        results.forEach(result -> assertArrayEquals(expected, result));
    }
}
