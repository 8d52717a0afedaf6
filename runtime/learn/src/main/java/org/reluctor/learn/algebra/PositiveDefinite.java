package org.reluctor.learn.algebra;

import org.ojalgo.matrix.decomposition.Cholesky;
import org.ojalgo.matrix.store.R064Store;

/** Systems of equations with a symmetric positive definite matrix, by Cholesky's factorisation in float64. */
public final class PositiveDefinite {
    private PositiveDefinite() {
    }

    /**
     * Solves A·X = B.
     *
     * @param a symmetric; only its symmetric part counts
     * @throws ArithmeticException if {@code a} is not positive definite to working precision
     */
    public static Matrix solve(Matrix a, Matrix b) {
        int size = a.rows();
        double[] symmetric = new double[size * size];
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                symmetric[row * size + column] = (a.values()[row * size + column]
                        + a.values()[column * size + row]) / 2;
            }
        }
        R064Store system = R064Store.wrap(symmetric, size);
        Cholesky<Double> cholesky = Cholesky.R064.make(system);
        if (!cholesky.decompose(system) || !cholesky.isSPD()) {
            throw new ArithmeticException("a matrix of " + size + "×" + size
                    + " that must be positive definite is not; the data may be constant, or too few");
        }
        // ojAlgo's stores lie column after column.
        R064Store right = R064Store.wrap(b.transposed().values(), b.rows());
        double[] byColumn = cholesky.getSolution(right).toRawCopy1D();
        return Matrix.of(b.columns(), b.rows(), byColumn).transposed();
    }

    /** A⁻¹, under the same conditions. */
    public static Matrix inverse(Matrix a) {
        return solve(a, Matrix.zero(a.rows(), a.rows()).plusDiagonal(1));
    }
}
