package org.reluctor.learn.algebra;

import org.ojalgo.matrix.decomposition.SingularValue;

/**
 * Singular values and vectors, A = U·diag(σ)·Vᵀ, in float64; k is the smaller of A's dimensions.
 *
 * @param left   U, [rows, k]
 * @param values σ, k of them, descending
 * @param right  V, [columns, k]
 */
public record SingularValues(Matrix left, double[] values, Matrix right) {
    /**
     * Factorises a matrix.
     *
     * @throws ArithmeticException if it holds what is no number
     */
    public static SingularValues of(Matrix a) {
        SingularValue<Double> factors = SingularValue.R064.make(a.rows(), a.columns());
        if (!factors.decompose(ColumnMajor.store(a))) {
            throw new ArithmeticException("a matrix of " + a.rows() + "×" + a.columns()
                    + " has no singular values; it may hold what is no finite number");
        }
        int kept = Math.min(a.rows(), a.columns());
        double[] values = new double[kept];
        factors.getSingularValues(values);
        return new SingularValues(firstColumns(ColumnMajor.matrix(factors.getU()), kept), values,
                firstColumns(ColumnMajor.matrix(factors.getV()), kept));
    }

    private static Matrix firstColumns(Matrix from, int count) {
        Matrix part = Matrix.zero(from.rows(), count);
        for (int row = 0; row < from.rows(); row++) {
            System.arraycopy(from.values(), row * from.columns(), part.values(), row * count, count);
        }
        return part;
    }
}
