package org.reluctor.devicetests.peers;

import java.util.SplittableRandom;

/** Uniform numbers of mean 0 and a chosen variance, the same for the same seed on every machine. */
final class RandomWeights {
    private final SplittableRandom random;

    RandomWeights(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** So many numbers of that variance. */
    float[] uniform(double variance, int count) {
        double bound = Math.sqrt(3 * variance);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) ((2 * random.nextDouble() - 1) * bound);
        }
        return numbers;
    }
}
