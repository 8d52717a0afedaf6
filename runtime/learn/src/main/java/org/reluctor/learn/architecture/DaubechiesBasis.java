package org.reluctor.learn.architecture;

import java.util.Arrays;
import org.reluctor.learn.algebra.Matrix;

/**
 * Orthonormal wavelet basis Ψ of periodic signals: Daubechies' wavelet of four coefficients (two vanishing moments;
 * I. Daubechies, Comm. Pure Appl. Math. 41, 1988), applied level after level to what is left of the signal at half the
 * rate. Ψᵀx is [approximation, details of the coarsest level, …, details of the finest level].
 */
public final class DaubechiesBasis {
    private static final double ROOT_3 = Math.sqrt(3);
    private static final double SCALE = 4 * Math.sqrt(2);
    private static final double[] LOW_PASS = {(1 + ROOT_3) / SCALE, (3 + ROOT_3) / SCALE, (3 - ROOT_3) / SCALE,
        (1 - ROOT_3) / SCALE};

    private final int levels;
    private final Matrix matrix;

    /**
     * A basis of n samples.
     *
     * @throws IllegalArgumentException unless levels are at least 1 and n is a multiple of 2 to that power
     */
    public DaubechiesBasis(int n, int levels) {
        if (levels < 1 || levels > 30 || n < 1 || n % (1 << levels) != 0) {
            throw new IllegalArgumentException("a wavelet basis of " + levels + " levels for " + n
                    + " samples; n must be a multiple of 2 to the power of the levels");
        }
        this.levels = levels;
        matrix = Matrix.zero(n, n);
        double[] coefficients = new double[n];
        for (int sample = 0; sample < n; sample++) {
            Arrays.fill(coefficients, 0);
            coefficients[sample] = 1;
            for (int level = 0; level < levels; level++) {
                halve(coefficients, n >> level);
            }
            // The transform of a unit impulse is a column of Ψᵀ, thus a row of Ψ.
            System.arraycopy(coefficients, 0, matrix.values(), sample * n, n);
        }
    }

    /** Replaces the first {@code length} values by their approximation and details, half of it each. */
    private static void halve(double[] values, int length) {
        double[] result = new double[length];
        for (int at = 0; at < length / 2; at++) {
            for (int tap = 0; tap < LOW_PASS.length; tap++) {
                double value = values[(2 * at + tap) % length];
                double highPass = (tap % 2 == 0 ? 1 : -1) * LOW_PASS[LOW_PASS.length - 1 - tap];
                result[at] += LOW_PASS[tap] * value;
                result[length / 2 + at] += highPass * value;
            }
        }
        System.arraycopy(result, 0, values, 0, length);
    }

    /** Samples n. */
    public int n() {
        return matrix.rows();
    }

    /** Number of levels of detail. */
    public int levels() {
        return levels;
    }

    /** Ψ, n×n: its columns are the basis. */
    public Matrix matrix() {
        return matrix;
    }

    /** Level of a coefficient: 1 for the finest details, {@link #levels} for the coarsest, 0 for the approximation. */
    public int levelOf(int coefficient) {
        for (int level = 1; level <= levels; level++) {
            if (coefficient >= n() >> level) {
                return level;
            }
        }
        return 0;
    }
}
