package org.reluctor.certify.interval;

import java.util.Arrays;

/**
 * A box: every coordinate from {@code low} to {@code high}, both within. The arrays are shared, not copied: do not
 * write to them.
 *
 * @param low  finite
 * @param high finite, nowhere below {@code low}
 */
public record Box(double[] low, double[] high) {
    public Box {
        if (low.length != high.length) {
            throw new IllegalArgumentException(low.length + " lower bounds and " + high.length + " upper bounds");
        }
        for (int at = 0; at < low.length; at++) {
            // Written so that NaN is refused, too.
            if (!(low[at] <= high[at]) || Double.isInfinite(low[at]) || Double.isInfinite(high[at])) {
                throw new IllegalArgumentException("coordinate " + at + " is from " + low[at] + " to " + high[at]
                        + "; must be finite and ascending");
            }
        }
    }

    /** All coordinates with the same bounds. */
    public static Box of(int size, double low, double high) {
        double[] lows = new double[size];
        double[] highs = new double[size];
        Arrays.fill(lows, low);
        Arrays.fill(highs, high);
        return new Box(lows, highs);
    }

    public int size() {
        return low.length;
    }

    /** The largest absolute value of a coordinate. */
    public double magnitude(int at) {
        return Math.max(Math.abs(low[at]), Math.abs(high[at]));
    }

    /** The largest absolute values of all coordinates. */
    public double[] magnitudes() {
        double[] result = new double[size()];
        Arrays.setAll(result, this::magnitude);
        return result;
    }

    public double width(int at) {
        return high[at] - low[at];
    }

    /** A point within, near the middle. */
    public double middle(int at) {
        double middle = low[at] + 0.5 * (high[at] - low[at]);
        return Math.min(Math.max(middle, low[at]), high[at]);
    }

    /** What lies in both, where they overlap; where they do not by rounding alone, the point of least distance. */
    public Box intersect(Box other) {
        double[] lows = new double[size()];
        double[] highs = new double[size()];
        for (int at = 0; at < lows.length; at++) {
            lows[at] = Math.max(low[at], other.low[at]);
            highs[at] = Math.max(lows[at], Math.min(high[at], other.high[at]));
        }
        return new Box(lows, highs);
    }

    /** The same box with other bounds of one coordinate. */
    public Box with(int at, double newLow, double newHigh) {
        double[] lows = low.clone();
        double[] highs = high.clone();
        lows[at] = newLow;
        highs[at] = newHigh;
        return new Box(lows, highs);
    }

    /** Whether the point lies within. */
    public boolean contains(double[] point) {
        for (int at = 0; at < low.length; at++) {
            if (!(point[at] >= low[at] && point[at] <= high[at])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Box box && Arrays.equals(low, box.low) && Arrays.equals(high, box.high);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(low) + Arrays.hashCode(high);
    }
}
