package org.reluctor.devicetests.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** How near float32 results of a whole network must come to the float64 reference. */
final class Closeness {
    /** Largest error of an element as a share of the largest element. */
    static final double TOLERANCE = 1e-5;

    private Closeness() {
    }

    static void assertClose(String what, double[] expected, float[] actual) {
        double worst = worst(expected, actual);
        assertTrue(worst <= TOLERANCE, what + ": error " + worst + " of the largest element");
    }

    /** Largest error as a share of the largest expected element; NaN is an error of its own. */
    static double worst(double[] expected, float[] actual) {
        double scale = Double.MIN_NORMAL;
        double worst = 0;
        for (int i = 0; i < actual.length; i++) {
            scale = Math.max(scale, Math.abs(expected[i]));
            double error = Math.abs(expected[i] - actual[i]);
            worst = Double.isNaN(error) ? Double.POSITIVE_INFINITY : Math.max(worst, error);
        }
        return worst / scale;
    }

    static double[] widen(float[] narrow) {
        double[] wide = new double[narrow.length];
        for (int i = 0; i < narrow.length; i++) {
            wide[i] = narrow[i];
        }
        return wide;
    }
}
