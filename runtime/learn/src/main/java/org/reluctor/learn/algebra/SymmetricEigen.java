package org.reluctor.learn.algebra;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.ojalgo.matrix.decomposition.Eigenvalue;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix, A = Q·diag(λ)·Qᵀ, in float64.
 *
 * @param values  λ, descending
 * @param vectors Q: the eigenvectors as columns, in the order of the values
 */
public record SymmetricEigen(double[] values, Matrix vectors) {
    /**
     * Factorises a matrix.
     *
     * @param a square; only its symmetric part counts
     * @throws ArithmeticException if it holds what is no number
     */
    public static SymmetricEigen of(Matrix a) {
        Eigenvalue<Double> eigen = Eigenvalue.R064.make(a.rows(), true);
        if (!eigen.decompose(ColumnMajor.symmetricPart(a))) {
            throw new ArithmeticException("a matrix of " + a.rows() + "×" + a.columns()
                    + " has no eigenvalues; it may hold what is no finite number");
        }
        Matrix diagonal = ColumnMajor.matrix(eigen.getD());
        Matrix unordered = ColumnMajor.matrix(eigen.getV());
        List<Integer> order = IntStream.range(0, a.rows()).boxed()
                .sorted(Comparator.comparingDouble(at -> -diagonal.at(at, at))).toList();
        double[] values = new double[a.rows()];
        Matrix vectors = Matrix.zero(a.rows(), a.rows());
        for (int to = 0; to < values.length; to++) {
            int from = order.get(to);
            values[to] = diagonal.at(from, from);
            for (int row = 0; row < values.length; row++) {
                vectors.values()[row * values.length + to] = unordered.at(row, from);
            }
        }
        return new SymmetricEigen(values, vectors);
    }
}
