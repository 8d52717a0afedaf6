package org.reluctor.learn.algebra;

import org.reluctor.network.SplitMix64;

/**
 * Independent numbers of the standard normal distribution from a seed, by Marsaglia's polar method over SplitMix64; the
 * same on every machine. Not safe between threads.
 */
public final class NormalDraws {
    private final SplitMix64 random;
    private double kept;
    private boolean isKept;

    public NormalDraws(long seed) {
        random = new SplitMix64(seed);
    }

    /** The next number. */
    public double next() {
        if (isKept) {
            isKept = false;
            return kept;
        }
        double u;
        double v;
        double s;
        do {
            u = (random.next() >> 11) * 0x1p-52;
            v = (random.next() >> 11) * 0x1p-52;
            s = u * u + v * v;
        } while (s >= 1 || s == 0);
        double factor = StrictMath.sqrt(-2 * StrictMath.log(s) / s);
        kept = v * factor;
        isKept = true;
        return u * factor;
    }
}
