package org.reluctor.devicetests.soak;

import java.util.Arrays;

/**
 * The slope of a series by Theil's and Sen's method, with its 95 % interval: the median of the slopes of all pairs
 * of points, so that outliers of up to 29 % of the points do not move it, whatever distribution the noise has.
 *
 * <p>The interval is Sen's (P. K. Sen, "Estimates of the regression coefficient based on Kendall's tau", J. Amer.
 * Statist. Assoc. 63, 1968, 1379–1389): of the N = n(n−1)/2 slopes in ascending order, the M-th and the (N+1−M)-th,
 * where M = ⌊(N − C)/2⌋, C = ⌊z·√V⌋ with z = 1.96 (M. Hollander, D. A. Wolfe, "Nonparametric Statistical Methods",
 * 2nd ed., 1999, section 9.3), and Kendall's variance, in which the t equal values of a tie count less, V =
 * [n(n−1)(2n+5) − Σ t(t−1)(2t+5)] / 18.
 *
 * @param slope change of the value in one unit of time
 * @param low   lower end of the 95 % interval
 * @param high  upper end of the 95 % interval
 * @param count points it was taken from
 */
record TheilSen(double slope, double low, double high, int count) {
    private static final double Z = 1.959964;
    private static final double MOST_CORRELATED = 0.99;

    /** The fewest points that an interval of 95 % can be had from. */
    static final int LEAST = 5;

    /**
     * From points in the order of their time, of which none depends on the one before.
     *
     * @throws IllegalArgumentException on fewer than {@link #LEAST} points, or times that do not ascend
     */
    static TheilSen of(double[] times, double[] values) {
        return of(times, values, 1);
    }

    /**
     * As {@link #of(double[], double[])} where points depend on the one before, as what a process holds does: it stays
     * where it went. V is multiplied by what the effective size of such a sample asks for (S. Yue, C. Wang, "The
     * Mann-Kendall test modified by effective sample size", Water Resources Management 18, 2004, 201–218):
     * 1 + 2·Σ (1 − k/n)·r^k over k from 1 to n−1, where r is the autocorrelation at lag 1 of the ranks once the slope
     * is taken out. What mean and slope take from r, about (2 + 4r)/n, is given back; no interval is narrowed.
     */
    static TheilSen ofCorrelated(double[] times, double[] values) {
        double slope = of(times, values).slope();
        double[] rest = new double[values.length];
        Arrays.setAll(rest, i -> values[i] - slope * times[i]);
        return of(times, values, inflation(rest));
    }

    private static TheilSen of(double[] times, double[] values, double inflation) {
        int n = values.length;
        if (n < LEAST || times.length != n) {
            throw new IllegalArgumentException(times.length + " times of " + n + " values; " + LEAST
                    + " or more of both are right");
        }
        double[] slopes = slopes(times, values);
        double width = Math.floor(Z * Math.sqrt(variance(values) * inflation));
        int rank = (int) Math.max(1, Math.floor((slopes.length - width) / 2));
        return new TheilSen(middle(slopes), slopes[rank - 1], slopes[slopes.length - rank], n);
    }

    boolean containsZero() {
        return low <= 0 && high >= 0;
    }

    /** Of all pairs, ascending. */
    private static double[] slopes(double[] times, double[] values) {
        int n = values.length;
        double[] slopes = new double[n * (n - 1) / 2];
        int at = 0;
        for (int i = 0; i < n; i++) {
            if (i > 0 && !(times[i] > times[i - 1])) {
                throw new IllegalArgumentException("time " + times[i] + " behind " + times[i - 1]);
            }
            for (int j = 0; j < i; j++) {
                slopes[at++] = (values[i] - values[j]) / (times[i] - times[j]);
            }
        }
        Arrays.sort(slopes);
        return slopes;
    }

    private static double middle(double[] ascending) {
        int half = ascending.length / 2;
        return ascending.length % 2 == 1 ? ascending[half] : (ascending[half - 1] + ascending[half]) / 2;
    }

    private static double variance(double[] values) {
        double[] ascending = values.clone();
        Arrays.sort(ascending);
        double sum = ties(values.length);
        int from = 0;
        for (int i = 1; i <= ascending.length; i++) {
            if (i == ascending.length || ascending[i] != ascending[from]) {
                sum -= ties(i - from);
                from = i;
            }
        }
        return sum / 18;
    }

    private static double ties(double t) {
        return t * (t - 1) * (2 * t + 5);
    }

    private static double inflation(double[] rest) {
        int n = rest.length;
        double r = (n * autocorrelation(ranks(rest)) + 2) / (n - 4);
        r = Math.max(0, Math.min(MOST_CORRELATED, r));
        double sum = 0;
        for (int lag = 1; lag < n; lag++) {
            sum += (1 - (double) lag / n) * Math.pow(r, lag);
        }
        return 1 + 2 * sum;
    }

    /** Of each value, from 1; equal ones share the mean of theirs. */
    private static double[] ranks(double[] values) {
        double[] ascending = values.clone();
        Arrays.sort(ascending);
        double[] ranks = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            int below = 0;
            int equal = 0;
            for (double other : ascending) {
                below += other < values[i] ? 1 : 0;
                equal += other == values[i] ? 1 : 0;
            }
            ranks[i] = below + (equal + 1) / 2.0;
        }
        return ranks;
    }

    private static double autocorrelation(double[] ranks) {
        double mean = (ranks.length + 1) / 2.0;
        double all = 0;
        double lagged = 0;
        for (int i = 0; i < ranks.length; i++) {
            all += (ranks[i] - mean) * (ranks[i] - mean);
            lagged += i > 0 ? (ranks[i] - mean) * (ranks[i - 1] - mean) : 0;
        }
        return all == 0 ? 0 : lagged / all;
    }
}
