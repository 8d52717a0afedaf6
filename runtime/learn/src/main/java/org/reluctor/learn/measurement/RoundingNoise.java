package org.reluctor.learn.measurement;

import java.util.Arrays;
import org.reluctor.learn.algebra.Samples;

/**
 * The variance that rounding measurements over each window's own range adds to them, step²/12 weighted over windows,
 * kept while ones of Φ move. The step is Φ's affair: a row of more ones than others lifts its measurement by the
 * signal's offset, a row of neighbours by whole peaks, and one measurement far from the others sets the step of all.
 */
final class RoundingNoise {
    /** Measurements known at each end of a range: one more than a move changes. */
    private static final int ENDS = 3;

    private final int n;
    private final int m;
    private final double[] signals;
    private final double[] weights;
    private final double[] y;
    /** Rows of the greatest and of the least measurements of every window. */
    private final int[] greatest;
    private final int[] least;
    private double variance;

    /**
     * @param ones     of Φ, row-major [m, n]
     * @param signals  [count, n]; none for no noise
     * @param weights  of the signals, [count], by which the variance is the mean of its windows'
     * @param levels   steps between a window's least and greatest measurement
     */
    RoundingNoise(boolean[] ones, Samples signals, double[] weights, double levels) {
        n = signals.width();
        m = ones.length / n;
        this.signals = signals.values();
        this.weights = Arrays.stream(weights).map(weight -> weight / (12 * levels * levels)).toArray();
        y = new double[weights.length * m];
        greatest = new int[weights.length * ENDS];
        least = new int[weights.length * ENDS];
        for (int at = 0; at < ones.length; at++) {
            for (int window = 0; window < weights.length && ones[at]; window++) {
                y[window * m + at / n] += this.signals[window * n + at % n];
            }
        }
        for (int window = 0; window < weights.length; window++) {
            sort(window);
            variance += share(window, range(window));
        }
    }

    /** The mean of step²/12. */
    double variance() {
        return variance;
    }

    /** By how much it grows by a move. */
    double change(OneMove move) {
        double after = 0;
        for (int window = 0; window < weights.length; window++) {
            after += share(window, range(window, move));
        }
        return after - variance;
    }

    /** Moves. */
    void move(OneMove move) {
        variance = 0;
        for (int window = 0; window < weights.length; window++) {
            double moved = moved(window, move);
            y[window * m + move.from()] -= moved;
            y[window * m + move.to()] += moved;
            sort(window);
            variance += share(window, range(window));
        }
    }

    private double share(int window, double range) {
        return weights[window] * range * range;
    }

    private double moved(int window, OneMove move) {
        double sample = signals[window * n + move.column()];
        return move.other() == OneMove.NONE ? sample : sample - signals[window * n + move.other()];
    }

    private double range(int window) {
        return y[window * m + greatest[window * ENDS]] - y[window * m + least[window * ENDS]];
    }

    private double range(int window, OneMove move) {
        double moved = moved(window, move);
        double from = y[window * m + move.from()] - moved;
        double to = y[window * m + move.to()] + moved;
        double high = Math.max(untouched(greatest, window, move, Double.NEGATIVE_INFINITY), Math.max(from, to));
        return high - Math.min(untouched(least, window, move, Double.POSITIVE_INFINITY), Math.min(from, to));
    }

    /** The first measurement of a window's list that a move leaves as it is. */
    private double untouched(int[] rows, int window, OneMove move, double none) {
        int at = window * ENDS;
        while (rows[at] == move.from() || rows[at] == move.to()) {
            at++;
        }
        return rows[at] < 0 ? none : y[window * m + rows[at]];
    }

    private void sort(int window) {
        int first = window * ENDS;
        Arrays.fill(greatest, first, first + ENDS, -1);
        Arrays.fill(least, first, first + ENDS, -1);
        for (int row = 0; row < m; row++) {
            insert(greatest, first, window * m, row, 1);
            insert(least, first, window * m, row, -1);
        }
    }

    /** Puts a row where it belongs among those of the greatest (sign 1) or least (−1) measurements. */
    private void insert(int[] rows, int first, int measurements, int row, int sign) {
        int at = first + ENDS;
        double own = sign * y[measurements + row];
        while (at > first && (rows[at - 1] < 0 || own > sign * y[measurements + rows[at - 1]])) {
            at--;
        }
        for (int last = first + ENDS - 1; last > at; last--) {
            rows[last] = rows[last - 1];
        }
        if (at < first + ENDS) {
            rows[at] = row;
        }
    }
}
