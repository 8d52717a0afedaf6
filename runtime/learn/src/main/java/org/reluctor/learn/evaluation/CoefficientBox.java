package org.reluctor.learn.evaluation;

import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.SymmetricEigen;

/**
 * Windows of signals as a box: their principal components, without a mean taken off, and the least and largest
 * coefficient of each. The box is a little wider than what occurs, because the basis is orthonormal to float32 only;
 * with that every window lies within.
 *
 * @param basis  components as columns, row-major [n, n], float32
 * @param bounds lower bounds, then upper ones, [2, n]
 */
public record CoefficientBox(float[] basis, float[] bounds) {
    /** Of the largest coefficient: more than float32 loses in n of them. */
    private static final double MARGIN = 1e-5;

    /**
     * The box of windows.
     *
     * @param samples [count, n], at least one window
     */
    public static CoefficientBox of(double[] samples, int n) {
        Matrix windows = Matrix.of(samples.length / n, n, samples);
        float[] basis = SymmetricEigen.of(windows.transposed().times(windows)).vectors().toFloats();
        double[] widened = new double[basis.length];
        for (int at = 0; at < basis.length; at++) {
            widened[at] = basis[at];
        }
        double[] coefficients = windows.times(Matrix.of(n, n, widened)).values();
        double[] low = new double[n];
        double[] high = new double[n];
        double largest = 0;
        for (int at = 0; at < coefficients.length; at++) {
            boolean first = at < n;
            low[at % n] = first ? coefficients[at] : Math.min(low[at % n], coefficients[at]);
            high[at % n] = first ? coefficients[at] : Math.max(high[at % n], coefficients[at]);
            largest = Math.max(largest, Math.abs(coefficients[at]));
        }
        float[] bounds = new float[2 * n];
        for (int at = 0; at < n; at++) {
            bounds[at] = (float) (low[at] - MARGIN * largest);
            bounds[n + at] = (float) (high[at] + MARGIN * largest);
        }
        return new CoefficientBox(basis, bounds);
    }
}
