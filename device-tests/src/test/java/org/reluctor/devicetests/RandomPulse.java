package org.reluctor.devicetests;

import java.util.Random;

/** A signal to measure: one pulse at a random place, with a little noise. */
public final class RandomPulse {
    private static final double WIDTH = 4;
    private static final double NOISE = 0.02;

    private RandomPulse() {
    }

    /** The next of n samples. */
    public static float[] next(int n, Random random) {
        float[] x = new float[n];
        double at = n * random.nextDouble();
        for (int i = 0; i < n; i++) {
            double distance = (i - at) / WIDTH;
            x[i] = (float) (Math.exp(-distance * distance) + NOISE * random.nextGaussian());
        }
        return x;
    }
}
