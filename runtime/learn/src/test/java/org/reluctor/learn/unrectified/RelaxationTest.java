package org.reluctor.learn.unrectified;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Relaxing d from {0, 1} to [0, 1] adds no pair (v, a): the constraints still say a = relu(v). */
class RelaxationTest {
    /** Feasible at (v, a, d) for some slacks: c2 to c4 with the only s and t that they allow. */
    private static boolean isFeasible(double v, double a, double d) {
        double s = d * v;
        double t = -(1 - d) * v;
        return a == d * v && s >= 0 && t >= 0 && d >= 0 && d <= 1;
    }

    static IntStream seeds() {
        return IntStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void relaxedConstraints_anySumAndGate_allowTheRectifiedSumAlone(int seed) {
        Random random = new Random(seed);
        double[] sums = {random.nextGaussian(), -random.nextDouble(), random.nextDouble(), 0, -0.0, Double.MIN_VALUE,
            -1e300};
        double[] gates = {0, 1, random.nextDouble(), Math.nextDown(1.0), Double.MIN_NORMAL};
        for (double v : sums) {
            for (double d : gates) {
                double a = d * v;
                boolean allowed = v == 0 || v > 0 && d == 1 || v < 0 && d == 0;
                // Gates so small that the product with v vanishes in floating point are no gates of ours.
                if (v != 0 && d * v == 0 && d != 0 || (1 - d) * v == 0 && d != 1 && v != 0) {
                    continue;
                }
                assertEquals(allowed, isFeasible(v, a, d), "v " + v + ", d " + d);
                if (allowed) {
                    assertEquals(Math.max(0, v), a, 0.0);
                }
            }
            assertTrue(isFeasible(v, Math.max(0, v), v > 0 ? 1 : 0), "every forward pass is feasible");
            assertFalse(isFeasible(v, Math.max(0, v) + 1 + random.nextDouble(), random.nextDouble()));
        }
    }
}
