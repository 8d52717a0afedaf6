package org.reluctor.devicetests;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** How near float32 results of a whole network come to the float64 reference, and how near they must. */
public final class Closeness {
    /** Largest error of an element as a share of the largest element. */
    public static final double TOLERANCE = 1e-5;

    private Closeness() {
    }

    /** Fails where an element is further from the reference than {@link #TOLERANCE}. */
    public static void assertClose(String what, double[] expected, float[] actual) {
        double worst = worst(expected, actual);
        assertTrue(worst <= TOLERANCE, what + ": error " + worst + " of the largest element");
    }

    /** Largest error as a share of the largest expected element; NaN is an error of its own. */
    public static double worst(double[] expected, float[] actual) {
        double scale = Double.MIN_NORMAL;
        double worst = 0;
        for (int i = 0; i < actual.length; i++) {
            scale = Math.max(scale, Math.abs(expected[i]));
            double error = Math.abs(expected[i] - actual[i]);
            worst = Double.isNaN(error) ? Double.POSITIVE_INFINITY : Math.max(worst, error);
        }
        return worst / scale;
    }

    /** ‖actual − exact‖/‖exact‖ over all elements; NaN where any of them is. */
    public static double relative(double[] exact, float[] actual) {
        return relative(exact, 0, actual, 0, exact.length);
    }

    /** The same over so many elements from these places on. */
    public static double relative(double[] exact, int from, float[] actual, int actualFrom, int count) {
        double difference = 0;
        double energy = 0;
        for (int i = 0; i < count; i++) {
            double right = exact[from + i];
            difference += (actual[actualFrom + i] - right) * (actual[actualFrom + i] - right);
            energy += right * right;
        }
        return Math.sqrt(difference / energy);
    }

    /** As the reference takes them. */
    public static double[] widen(float[] narrow) {
        double[] wide = new double[narrow.length];
        for (int i = 0; i < narrow.length; i++) {
            wide[i] = narrow[i];
        }
        return wide;
    }
}
