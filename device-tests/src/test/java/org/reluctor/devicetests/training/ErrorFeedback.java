package org.reluctor.devicetests.training;

import org.reluctor.learn.algebra.Matrix;

/**
 * Rounding of a window's measurements one after the other, each corrected for what the errors before it do to the
 * signal (Babai's nearest plane, for the lattice of W): the error that stays, W·q, is then smallest where measurements
 * are rounded independently otherwise. Costs the sensor m(m − 1)/2 products a window. Only {@link RoundingStudy} asks
 * what it would gain.
 */
final class ErrorFeedback {
    private final int m;
    /** Upper triangular, RᵀR = WᵀW. */
    private final double[] r;

    /**
     * @param linear W, n×m
     */
    ErrorFeedback(Matrix linear) {
        m = linear.columns();
        r = triangular(linear.transposed().times(linear));
    }

    /** By Cholesky. */
    private static double[] triangular(Matrix square) {
        int size = square.rows();
        double[] upper = new double[size * size];
        for (int row = 0; row < size; row++) {
            for (int column = row; column < size; column++) {
                double sum = square.at(row, column);
                for (int above = 0; above < row; above++) {
                    sum -= upper[above * size + row] * upper[above * size + column];
                }
                upper[row * size + column] = column == row ? Math.sqrt(sum) : sum / upper[row * size + row];
            }
        }
        return upper;
    }

    /** Replaces one window of measurements by what arrives, with so many steps between its least and greatest. */
    void round(float[] window, double levels) {
        float least = Float.POSITIVE_INFINITY;
        float greatest = Float.NEGATIVE_INFINITY;
        for (float measurement : window) {
            least = Math.min(least, measurement);
            greatest = Math.max(greatest, measurement);
        }
        double step = Math.max(Float.MIN_NORMAL, (greatest - (double) least) / levels);
        double[] errors = new double[m];
        for (int at = m - 1; at >= 0; at--) {
            double fed = 0;
            for (int done = at + 1; done < m; done++) {
                fed += r[at * m + done] * errors[done];
            }
            double wanted = window[at] - fed / r[at * m + at];
            double number = Math.max(0, Math.min(levels, Math.rint((wanted - least) / step)));
            errors[at] = number * step + least - window[at];
            window[at] += (float) errors[at];
        }
    }
}
