package org.reluctor.learn.measurement;

import org.ojalgo.matrix.decomposition.QR;
import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.R064Store;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.NormalDraws;
import org.reluctor.learn.algebra.SymmetricEigen;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.SplitMix64;

/**
 * Dense measurement matrices. The two designs that a sensor can repeat from a seed, sparse binary and Rademacher, are
 * {@link MeasurementMatrix}'s own; these here reach a sensor as a file.
 */
public final class MatrixDesigns {
    private MatrixDesigns() {
    }

    /** Independent normal entries of variance 1/m, so that ‖Φx‖ is about ‖x‖. */
    public static MeasurementMatrix gaussian(int m, int n, long seed) {
        return dense(normal(m, n, seed, 1 / Math.sqrt(m)));
    }

    /**
     * A Gaussian matrix with its rows made orthonormal, ΦΦᵀ = I: Qᵀ of the factorisation ΦᵀG = QR, whose R has a
     * positive diagonal, so that no sign depends on the factorisation.
     *
     * @param m at most n
     */
    public static MeasurementMatrix rowOrthonormal(int m, int n, long seed) {
        requireFewer(m, n);
        R064Store transposed = store(normal(m, n, seed, 1).transposed());
        QR<Double> qr = QR.R064.make(transposed);
        qr.decompose(transposed);
        MatrixStore<Double> q = qr.getQ();
        MatrixStore<Double> r = qr.getR();
        Matrix rows = Matrix.zero(m, n);
        for (int row = 0; row < m; row++) {
            double sign = Math.signum(r.doubleValue(row, row));
            for (int column = 0; column < n; column++) {
                rows.values()[row * n + column] = sign * q.doubleValue(column, row);
            }
        }
        return dense(rows);
    }

    /**
     * A sparse binary matrix with ones moved, at random within their columns, until no row has two more than another.
     * The signal's offset is then common to all measurements.
     *
     * @throws IllegalArgumentException if the matrix is not sparse binary
     */
    public static MeasurementMatrix levelRows(MeasurementMatrix matrix, long seed) {
        if (!matrix.isSparseBinary()) {
            throw new IllegalArgumentException("the rows of the matrix " + matrix + " cannot be made level; right is a"
                    + " sparse binary one");
        }
        SparseOnes ones = SparseOnes.of(matrix);
        ones.level(new SplitMix64(seed));
        return ones.matrix();
    }

    /**
     * The best linear sampling of signals of that covariance (Karhunen–Loève): rows are the eigenvectors of the m
     * largest eigenvalues, the largest first. Its linear error, the sum of the other eigenvalues, is the least that any
     * Φ of m rows has: a reference, hard to build into a sensor.
     *
     * @param covariance C, n×n
     * @param m          at most n
     */
    public static MeasurementMatrix karhunenLoeve(Matrix covariance, int m) {
        int n = covariance.columns();
        requireFewer(m, n);
        Matrix vectors = SymmetricEigen.of(covariance).vectors();
        Matrix rows = Matrix.zero(m, n);
        for (int row = 0; row < m; row++) {
            // Signs are free; the sum of a row is made positive.
            double sum = 0;
            for (int column = 0; column < n; column++) {
                sum += vectors.at(column, row);
            }
            for (int column = 0; column < n; column++) {
                rows.values()[row * n + column] = vectors.at(column, row) * (sum < 0 ? -1 : 1);
            }
        }
        return dense(rows);
    }

    private static void requireFewer(int m, int n) {
        if (m < 1 || m > n) {
            throw new IllegalArgumentException("the number of measurements is " + m + "; right is from 1 to n = " + n);
        }
    }

    private static Matrix normal(int m, int n, long seed, double deviation) {
        NormalDraws draws = new NormalDraws(seed);
        Matrix matrix = Matrix.zero(m, n);
        for (int at = 0; at < matrix.values().length; at++) {
            matrix.values()[at] = deviation * draws.next();
        }
        return matrix;
    }

    private static MeasurementMatrix dense(Matrix matrix) {
        return MeasurementMatrix.dense(matrix.rows(), matrix.columns(), matrix.toFloats());
    }

    private static R064Store store(Matrix matrix) {
        R064Store store = R064Store.FACTORY.make(matrix.rows(), matrix.columns());
        for (int row = 0; row < matrix.rows(); row++) {
            for (int column = 0; column < matrix.columns(); column++) {
                store.set(row, column, matrix.at(row, column));
            }
        }
        return store;
    }
}
