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
        R064Store system = ColumnMajor.symmetricPart(a);
        Cholesky<Double> cholesky = Cholesky.R064.make(system);
        if (!cholesky.decompose(system) || !cholesky.isSPD()) {
            throw new ArithmeticException("a matrix of " + a.rows() + "×" + a.columns()
                    + " that must be positive definite is not; the data may be constant, or too few");
        }
        return ColumnMajor.matrix(cholesky.getSolution(ColumnMajor.store(b)));
    }

    /** A⁻¹, under the same conditions. */
    public static Matrix inverse(Matrix a) {
        return solve(a, Matrix.zero(a.rows(), a.rows()).plusDiagonal(1));
    }
}
