package org.reluctor.network;

/**
 * The pseudo-random generator behind the measurement matrices: 64 bits of state, three lines of integer arithmetic, so
 * that a sensor repeats it on any processor. In C, with {@code uint64_t} throughout:
 *
 * <pre>
 *   z = (state += 0x9E3779B97F4A7C15);
 *   z = (z ^ (z &gt;&gt; 30)) * 0xBF58476D1CE4E5B9;
 *   z = (z ^ (z &gt;&gt; 27)) * 0x94D049BB133111EB;
 *   return z ^ (z &gt;&gt; 31);
 * </pre>
 *
 * <p>The state starts as the seed. Published by Steele, Lea and Flood, "Fast splittable pseudorandom number generators"
 * (OOPSLA 2014). Not for secrets. Not safe between threads.
 */
public final class SplitMix64 {
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private long state;

    public SplitMix64(long seed) {
        state = seed;
    }

    /** The next 64 bits. */
    public long next() {
        state += STEP;
        long z = state;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /**
     * A number from 0 to {@code bound} - 1, all equally likely: outputs r are drawn until r, unsigned, lies below the
     * largest multiple of the bound that 2⁶⁴ holds; the result is r mod bound.
     *
     * @param bound at least 1
     * @throws IllegalArgumentException for a smaller bound
     */
    public long bounded(long bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("the bound is " + bound + "; it must be 1 or more");
        }
        long excess = Long.remainderUnsigned(-bound, bound);
        long limit = -excess;
        long drawn = next();
        while (excess != 0 && Long.compareUnsigned(drawn, limit) >= 0) {
            drawn = next();
        }
        return Long.remainderUnsigned(drawn, bound);
    }
}
