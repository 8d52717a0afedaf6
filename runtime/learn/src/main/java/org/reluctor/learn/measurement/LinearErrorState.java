package org.reluctor.learn.measurement;

import java.util.Arrays;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.PositiveDefinite;
import org.reluctor.learn.algebra.Samples;

/**
 * The linear MMSE error of a sparse binary Φ, kept so that the effect of moving a single one is known at the price of
 * a few numbers. With G = ΦCΦᵀ + εI and H = ΦC²Φᵀ the error is tr C − tr(G⁻¹H). Moving a one of column j from row r to
 * r' adds u·eⱼᵀ to Φ, u = e_r' − e_r, which changes G by [u p]M[u p]ᵀ, p = ΦCeⱼ, M = [C_jj 1; 1 0], and H likewise by
 * q = ΦC²eⱼ; Woodbury's identity then needs only entries of K = G⁻¹, KΦC, KΦC², T = KHK, TΦC and three column sums,
 * which are computed anew when a one is moved.
 */
final class LinearErrorState {
    private final int m;
    private final int n;
    private final double noise;
    private final Matrix covariance;
    private final Matrix squared;
    private final boolean[] ones;
    /** ΦC and ΦC², m×n. */
    private final Matrix p;
    private final Matrix q;
    private final Matrix h;
    private Matrix k;
    private Matrix t;
    private Matrix kp;
    private Matrix kq;
    private Matrix tp;
    private final double[] pkp;
    private final double[] qkp;
    private final double[] ptp;
    private double explained;

    /**
     * @param ones of Φ, row-major [m, n]; changed by {@link #move}
     */
    LinearErrorState(boolean[] ones, Matrix covariance, double noise) {
        this.n = covariance.columns();
        this.m = ones.length / n;
        this.ones = ones;
        this.noise = noise;
        this.covariance = covariance;
        this.squared = covariance.times(covariance);
        this.pkp = new double[n];
        this.qkp = new double[n];
        this.ptp = new double[n];
        Matrix phi = Matrix.zero(m, n);
        for (int at = 0; at < ones.length; at++) {
            phi.values()[at] = ones[at] ? 1 : 0;
        }
        p = phi.times(covariance);
        q = phi.times(squared);
        h = q.times(phi.transposed());
        refresh(invert(p.times(phi.transposed()).plusDiagonal(noise)));
    }

    private Matrix invert(Matrix g) {
        return PositiveDefinite.solve(g, Matrix.zero(m, m).plusDiagonal(1));
    }

    /** E‖x − x̂‖² of the linear MMSE. */
    double error() {
        return covariance.trace() - explained;
    }

    boolean isOne(int row, int column) {
        return ones[row * n + column];
    }

    /** By how much the error grows (or, negative, falls) if a one of that column moves from one row to another. */
    double change(int column, int from, int to) {
        int a = from * n + column;
        int b = to * n + column;
        double uku = k.at(to, to) + k.at(from, from) - 2 * k.at(to, from);
        double utu = t.at(to, to) + t.at(from, from) - 2 * t.at(to, from);
        double ukp = kp.values()[b] - kp.values()[a];
        double ukq = kq.values()[b] - kq.values()[a];
        double utp = tp.values()[b] - tp.values()[a];
        double c = covariance.values()[column * n + column];
        double c2 = squared.values()[column * n + column];
        // M⁻¹ + UᵀKU, M⁻¹ = [0 1; 1 −C_jj].
        double s11 = uku;
        double s12 = 1 + ukp;
        double s22 = pkp[column] - c;
        double determinant = s11 * s22 - s12 * s12;
        // UᵀKH'KU with H' = H + u qᵀ + q uᵀ + c2 u uᵀ.
        double r11 = utu + 2 * uku * ukq + c2 * uku * uku;
        double r12 = utp + uku * qkp[column] + ukq * ukp + c2 * uku * ukp;
        double r22 = ptp[column] + 2 * ukp * qkp[column] + c2 * ukp * ukp;
        double lost = (s22 * r11 - 2 * s12 * r12 + s11 * r22) / determinant;
        return lost - 2 * ukq - c2 * uku;
    }

    /** Moves the one. */
    void move(int column, int from, int to) {
        ones[from * n + column] = false;
        ones[to * n + column] = true;
        double[] u = new double[m];
        u[to] = 1;
        u[from] = -1;
        addOuter(h, u, column(q, column), squared.at(column, column));
        Matrix inverse = inverseAfter(u, column(p, column), covariance.at(column, column));
        addRow(p, to, covariance, column, 1);
        addRow(p, from, covariance, column, -1);
        addRow(q, to, squared, column, 1);
        addRow(q, from, squared, column, -1);
        refresh(inverse);
    }

    /** Computes everything anew from Φ, so that rounding does not pile up. */
    void settle() {
        Matrix phi = Matrix.zero(m, n);
        for (int at = 0; at < ones.length; at++) {
            phi.values()[at] = ones[at] ? 1 : 0;
        }
        refresh(invert(p.times(phi.transposed()).plusDiagonal(noise)));
    }

    private static double[] column(Matrix matrix, int column) {
        double[] result = new double[matrix.rows()];
        for (int row = 0; row < result.length; row++) {
            result[row] = matrix.at(row, column);
        }
        return result;
    }

    /** A += u vᵀ + v uᵀ + c u uᵀ. */
    private static void addOuter(Matrix a, double[] u, double[] v, double c) {
        for (int row = 0; row < u.length; row++) {
            for (int column = 0; column < u.length; column++) {
                a.values()[row * u.length + column] += u[row] * v[column] + v[row] * u[column]
                        + c * u[row] * u[column];
            }
        }
    }

    private static void addRow(Matrix to, int row, Matrix from, int fromRow, double factor) {
        for (int column = 0; column < to.columns(); column++) {
            to.values()[row * to.columns() + column] += factor * from.at(fromRow, column);
        }
    }

    private Matrix inverseAfter(double[] u, double[] v, double c) {
        double[] ku = times(k, u);
        double[] kv = times(k, v);
        double s11 = dot(u, ku);
        double s12 = 1 + dot(u, kv);
        double s22 = dot(v, kv) - c;
        double determinant = s11 * s22 - s12 * s12;
        Matrix result = Matrix.of(m, m, k.values().clone());
        for (int row = 0; row < m; row++) {
            for (int column = 0; column < m; column++) {
                result.values()[row * m + column] -= (s22 * ku[row] * ku[column] + s11 * kv[row] * kv[column]
                        - s12 * (ku[row] * kv[column] + kv[row] * ku[column])) / determinant;
            }
        }
        return result;
    }

    private static double[] times(Matrix a, double[] v) {
        double[] result = new double[a.rows()];
        for (int row = 0; row < result.length; row++) {
            double sum = 0;
            for (int column = 0; column < v.length; column++) {
                sum += a.values()[row * v.length + column] * v[column];
            }
            result[row] = sum;
        }
        return result;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int at = 0; at < a.length; at++) {
            sum += a[at] * b[at];
        }
        return sum;
    }

    private void refresh(Matrix inverse) {
        k = inverse;
        kp = product(k, p);
        kq = product(k, q);
        Matrix hkp = product(h, kp);
        tp = product(k, hkp);
        t = product(product(k, h), k);
        columnSums(p, kp, pkp);
        columnSums(q, kp, qkp);
        columnSums(kp, hkp, ptp);
        explained = dot(k.values(), h.values());
    }

    /** A·B, four rows of B at a time: most of the time goes by here. */
    private static Matrix product(Matrix a, Matrix b) {
        return Matrix.of(a.rows(), b.columns(), new Samples(a.columns(), a.values()).times(b).values());
    }

    private static void columnSums(Matrix a, Matrix b, double[] sums) {
        Arrays.fill(sums, 0);
        for (int row = 0; row < a.rows(); row++) {
            for (int column = 0; column < sums.length; column++) {
                sums[column] += a.values()[row * sums.length + column] * b.values()[row * sums.length + column];
            }
        }
    }
}
