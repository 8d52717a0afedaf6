package org.reluctor.app.simulation;

import java.util.SplittableRandom;

/**
 * A signal with the shape of an electrocardiogram: sums of Gaussian bumps a beat (after McSharry et al., "A dynamical
 * model for generating synthetic electrocardiogram signals", 2003, without its integration), with beats of varying
 * length, a slow wander, and no noise. In mV at the rate given. The same seed gives the same signal.
 */
public final class SyntheticPulse implements SignalSource {
    /** Place within the beat, height in mV, and width of the waves P, Q, R, S, T; place and width in beats. */
    private static final double[][] WAVES = {{0.20, 0.12, 0.025}, {0.345, -0.10, 0.010}, {0.37, 1.10, 0.011},
        {0.395, -0.22, 0.010}, {0.62, 0.28, 0.045}};
    private static final double WANDER_MV = 0.06;
    private static final double WANDER_HZ = 0.23;

    private final SplittableRandom random;
    private final double rateHz;
    private double beat;
    private double beatSeconds = 0.85;
    private double seconds;

    /** @param rateHz samples a second */
    public SyntheticPulse(double rateHz, long seed) {
        this.rateHz = rateHz;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public void next(float[] into) {
        for (int i = 0; i < into.length; i++) {
            into[i] = (float) sample();
        }
    }

    private double sample() {
        double value = WANDER_MV * Math.sin(2 * Math.PI * WANDER_HZ * seconds);
        for (double[] wave : WAVES) {
            double distance = (beat - wave[0]) / wave[2];
            value += wave[1] * Math.exp(-0.5 * distance * distance);
        }
        seconds += 1 / rateHz;
        beat += 1 / (rateHz * beatSeconds);
        if (beat >= 1) {
            beat -= 1;
            beatSeconds = 0.75 + 0.25 * random.nextDouble();
        }
        return value;
    }
}
