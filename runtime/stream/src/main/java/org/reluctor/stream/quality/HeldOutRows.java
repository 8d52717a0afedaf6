package org.reluctor.stream.quality;

/**
 * The rows that held-out measurements are taken with: drawn afresh for each frame, so that no network can have been
 * fitted to them, and from three numbers that the frame carries anyway, so that a sensor sends none of them.
 *
 * <p>Each of the r·n entries, row-major, is the number of ones among four random bits, less two: −2 … 2 with mean 0
 * and variance 1. A Gaussian would need logarithms that round alike on every sensor; this needs integers. Of an error e
 * that spreads over several samples, ⟨a, e⟩ is as good as Gaussian: its excess kurtosis is −½·Σe⁴/(Σe²)². What is left
 * of that makes small values rarer, and bounds safer.
 *
 * <p>The bits are those of successive outputs of SplitMix64, least significant first. With first(s) for its first
 * output at state s, its state starts as first(first(first(seed) ⊕ boot) ⊕ seq). config/vectors has rows to compare
 * with.
 */
public final class HeldOutRows {
    private static final long STEP = 0x9E3779B97F4A7C15L;
    private static final long ODD_BITS = 0x5555555555555555L;
    private static final long ODD_PAIRS = 0x3333333333333333L;
    private static final int ENTRY_BITS = 4;
    private static final int ENTRY_MASK = 15;
    private static final int MEAN = 2;

    private long state;
    private long entries;
    private int left;

    /**
     * The rows of one frame, to be taken from the first on. Not safe between threads.
     *
     * @param seed as the frame tells it
     * @param boot of the sensor
     * @param seq  of the frame
     */
    public HeldOutRows(long seed, long boot, long seq) {
        begin(seed, boot, seq);
    }

    /** Starts again, with the rows of another frame or of the same. */
    public void begin(long seed, long boot, long seq) {
        state = first(first(first(seed) ^ boot) ^ seq);
        left = 0;
    }

    /**
     * Measures by the next rows: y = Ax, summed in float64 in ascending order and rounded once.
     *
     * @param x    n samples from index {@code at}
     * @param y    receives {@code rows} measurements from index {@code yAt}
     */
    public void measure(float[] x, int at, int n, float[] y, int yAt, int rows) {
        for (int row = 0; row < rows; row++) {
            double sum = 0;
            for (int i = at; i < at + n; i++) {
                sum += (double) nextEntry() * x[i];
            }
            y[yAt + row] = (float) sum;
        }
    }

    private int nextEntry() {
        if (left == 0) {
            state += STEP;
            entries = onesOfFour(mixed(state));
            left = Long.SIZE;
        }
        int entry = (int) entries & ENTRY_MASK;
        entries >>>= ENTRY_BITS;
        left -= ENTRY_BITS;
        return entry - MEAN;
    }

    /** In each four bits the number of ones that were there. */
    private static long onesOfFour(long bits) {
        long pairs = bits - (bits >>> 1 & ODD_BITS);
        return (pairs & ODD_PAIRS) + (pairs >>> 2 & ODD_PAIRS);
    }

    private static long first(long seed) {
        return mixed(seed + STEP);
    }

    private static long mixed(long bits) {
        long z = (bits ^ bits >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
