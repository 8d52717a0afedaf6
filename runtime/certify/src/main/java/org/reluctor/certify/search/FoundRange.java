package org.reluctor.certify.search;

import java.util.Arrays;
import org.reluctor.certify.interval.Box;

/** The least and largest found of every element, held against its certified bounds. Not safe between threads. */
public final class FoundRange {
    private final Box certified;
    private final double[] low;
    private final double[] high;
    private long left;

    /** Nothing found yet. */
    public FoundRange(Box certified) {
        this.certified = certified;
        low = new double[certified.size()];
        high = new double[certified.size()];
        Arrays.fill(low, Double.POSITIVE_INFINITY);
        Arrays.fill(high, Double.NEGATIVE_INFINITY);
    }

    /** Takes a vector; counts it where it leaves the bounds, also by an element that is no number. */
    public void add(double[] values) {
        left += certified.contains(values) ? 0 : 1;
        for (int at = 0; at < low.length; at++) {
            low[at] = Math.min(low[at], values[at]);
            high[at] = Math.max(high[at], values[at]);
        }
    }

    /** Vectors that left the bounds. */
    public long left() {
        return left;
    }

    /** The median over elements of what was found between least and largest. */
    public double medianSpread() {
        double[] spreads = new double[low.length];
        Arrays.setAll(spreads, at -> high[at] - low[at]);
        return median(spreads);
    }

    /** The median over elements of the certified width. */
    public double medianWidth() {
        double[] widths = new double[low.length];
        Arrays.setAll(widths, certified::width);
        return median(widths);
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
