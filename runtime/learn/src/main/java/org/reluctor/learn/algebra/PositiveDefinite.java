package org.reluctor.learn.algebra;

import org.ojalgo.matrix.decomposition.Cholesky;
import org.ojalgo.matrix.store.MatrixStore;
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
        R064Store system = R064Store.FACTORY.make(a.rows(), a.columns());
        for (int row = 0; row < a.rows(); row++) {
            for (int column = 0; column < a.columns(); column++) {
                system.set(row, column, (a.at(row, column) + a.at(column, row)) / 2);
            }
        }
        R064Store right = R064Store.FACTORY.make(b.rows(), b.columns());
        for (int row = 0; row < b.rows(); row++) {
            for (int column = 0; column < b.columns(); column++) {
                right.set(row, column, b.at(row, column));
            }
        }
        Cholesky<Double> cholesky = Cholesky.R064.make(system);
        if (!cholesky.decompose(system) || !cholesky.isSPD()) {
            throw new ArithmeticException("a matrix of " + a.rows() + "×" + a.columns()
                    + " that must be positive definite is not; the data may be constant, or too few");
        }
        return copy(cholesky.getSolution(right));
    }

    private static Matrix copy(MatrixStore<Double> store) {
        Matrix result = Matrix.zero(store.getRowDim(), store.getColDim());
        for (int row = 0; row < result.rows(); row++) {
            for (int column = 0; column < result.columns(); column++) {
                result.values()[row * result.columns() + column] = store.doubleValue(row, column);
            }
        }
        return result;
    }

    /** A⁻¹, under the same conditions. */
    public static Matrix inverse(Matrix a) {
        return solve(a, Matrix.zero(a.rows(), a.rows()).plusDiagonal(1));
    }
}
