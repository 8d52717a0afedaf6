package org.reluctor.learn.measurement;

import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.PositiveDefinite;
import org.reluctor.learn.algebra.Samples;

/**
 * The linear MMSE error of a sparse binary Φ, kept so that the effect of moving a single one, or of exchanging two, is
 * known at the price of a few inner products. With G = ΦCΦᵀ + εI and H = ΦC²Φᵀ the error is tr C − tr(G⁻¹H). A move
 * adds u·wᵀ to Φ, which changes G by [u p]M[u p]ᵀ, p = ΦCw, M = [wᵀCw 1; 1 0], and H likewise by q = ΦC²w. Woodbury's
 * identity then gives the change of the error from K = G⁻¹ and T = KHK, and what K, T, CΦᵀK and CΦᵀKH become, at the
 * price of some products of these matrices with vectors.
 */
final class LinearErrorState {
    private final int m;
    private final int n;
    private final double[] covariance;
    private final double[] squared;
    private final double energy;
    private final boolean[] ones;
    /** CΦᵀ and C²Φᵀ, n×m: what belongs to a column of Φ lies together. */
    private final double[] p;
    private final double[] q;
    private double[] k;
    private double[] h;
    private double[] t;
    /** CΦᵀK and CΦᵀKH, n×m. */
    private double[] kp;
    private double[] hkp;
    private double error;
    private final Effect effect;

    /**
     * @param ones  of Φ, row-major [m, n]; whoever moves changes them, too
     * @param noise ε
     */
    LinearErrorState(boolean[] ones, Matrix covariance, double noise) {
        n = covariance.columns();
        m = ones.length / n;
        this.ones = ones;
        this.covariance = covariance.values();
        squared = covariance.times(covariance).values();
        energy = covariance.trace();
        Matrix transposed = Matrix.zero(n, m);
        for (int at = 0; at < ones.length; at++) {
            transposed.values()[at % n * m + at / n] = ones[at] ? 1 : 0;
        }
        p = covariance.times(transposed).values();
        q = Matrix.of(n, n, squared).times(transposed).values();
        effect = new Effect();
        settle(noise);
    }

    /** E‖x − x̂‖² of the linear MMSE. */
    double error() {
        return error;
    }

    /** By how much the error grows with ε: tr(KHK). */
    double sensitivity() {
        double sum = 0;
        for (int at = 0; at < m; at++) {
            sum += t[at * m + at];
        }
        return sum;
    }

    /** By how much the error grows (or, negative, falls) by a move. */
    double change(OneMove move) {
        effect.of(move);
        return effect.change();
    }

    /** Takes a move into account. */
    void move(OneMove move) {
        effect.of(move);
        error += effect.change();
        effect.apply();
    }

    /** Computes everything anew from Φ for a noise ε, so that rounding does not pile up. */
    void settle(double noise) {
        Matrix g = overRows(p).plusDiagonal(noise);
        h = overRows(q).values();
        k = PositiveDefinite.solve(g, Matrix.zero(m, m).plusDiagonal(1)).values();
        kp = product(p, k);
        hkp = product(kp, h);
        t = product(product(k, h), k);
        error = energy - dot(k, 0, h);
    }

    /** ΦA for an A of n×m whose result is symmetric. */
    private Matrix overRows(double[] a) {
        Matrix sums = Matrix.zero(m, m);
        for (int at = 0; at < ones.length; at++) {
            if (ones[at]) {
                add(sums.values(), at / n * m, 1, a, at % n * m);
            }
        }
        return sums.plus(1, sums.transposed()).times(0.5);
    }

    /** A·B for matrices of m columns. */
    private double[] product(double[] a, double[] b) {
        return new Samples(m, a).times(Matrix.of(m, m, b)).values();
    }

    private double[] times(double[] square, double[] v) {
        double[] result = new double[m];
        for (int row = 0; row < m; row++) {
            result[row] = dot(v, row * m, square);
        }
        return result;
    }

    /** Inner product of all of one array with a part of another; four sums side by side. */
    private static double dot(double[] a, int first, double[] b) {
        double[] sums = new double[4];
        int at = 0;
        for (; at + 3 < a.length; at += 4) {
            sums[0] += a[at] * b[first + at];
            sums[1] += a[at + 1] * b[first + at + 1];
            sums[2] += a[at + 2] * b[first + at + 2];
            sums[3] += a[at + 3] * b[first + at + 3];
        }
        for (; at < a.length; at++) {
            sums[0] += a[at] * b[first + at];
        }
        return sums[0] + sums[1] + sums[2] + sums[3];
    }

    /** Adds a multiple of m numbers to m others. */
    private void add(double[] to, int first, double factor, double[] from, int fromFirst) {
        for (int at = 0; at < m; at++) {
            to[first + at] += factor * from[fromFirst + at];
        }
    }

    /** A += f·v·wᵀ. */
    private void addOuter(double[] a, double f, double[] v, double[] w) {
        for (int row = 0; row < m; row++) {
            add(a, row * m, f * v[row], w, 0);
        }
    }

    /** What a move does: α = Ku, β = Kp, and [s11 s12; s12 s22]⁻¹ = (M⁻¹ + UᵀKU)⁻¹ of Woodbury's identity. */
    private final class Effect {
        private OneMove move;
        private final double[] alpha = new double[m];
        private final double[] beta = new double[m];
        private final double[] pw = new double[m];
        private final double[] qw = new double[m];
        private final double[] hBeta = new double[m];
        private double ww;
        private double s11;
        private double s12;
        private double s22;
        private double determinant;

        void of(OneMove next) {
            move = next;
            for (int at = 0; at < m; at++) {
                alpha[at] = k[move.to() * m + at] - k[move.from() * m + at];
            }
            move.difference(p, m, pw);
            move.difference(q, m, qw);
            move.difference(kp, m, beta);
            move.difference(hkp, m, hBeta);
            ww = move.form(squared, n);
            s11 = move.across(alpha, 0);
            s12 = 1 + move.across(beta, 0);
            s22 = dot(pw, 0, beta) - move.form(covariance, n);
            determinant = s11 * s22 - s12 * s12;
        }

        double change() {
            double ukq = dot(alpha, 0, qw);
            double qkp = dot(qw, 0, beta);
            double utu = t[move.to() * m + move.to()] + t[move.from() * m + move.from()]
                    - 2 * t[move.to() * m + move.from()];
            // UᵀKH'KU with H' = H + u qᵀ + q uᵀ + wᵀC²w u uᵀ.
            double ukp = s12 - 1;
            double r11 = utu + 2 * s11 * ukq + ww * s11 * s11;
            double r12 = dot(alpha, 0, hBeta) + s11 * qkp + ukq * ukp + ww * s11 * ukp;
            double r22 = dot(beta, 0, hBeta) + 2 * ukp * qkp + ww * ukp * ukp;
            double lost = (s22 * r11 - 2 * s12 * r12 + s11 * r22) / determinant;
            return lost - 2 * ukq - ww * s11;
        }

        /** v − [α β](M⁻¹ + UᵀKU)⁻¹[a b]ᵀ for a = αᵀz, b = βᵀz: K'z from v = Kz. */
        private void correct(double[] v, int first, double a, double b, double[] left, double[] right) {
            add(v, first, (s12 * b - s22 * a) / determinant, left, 0);
            add(v, first, (s12 * a - s11 * b) / determinant, right, 0);
        }

        void apply() {
            double[] hAlpha = times(h, alpha);
            spread(hAlpha);
            updateT(hAlpha);
            for (int row = 0; row < m; row++) {
                correct(k, row * m, alpha[row], beta[row], alpha, beta);
            }
            addOuter(h, 1, qw, unit());
            addOuter(h, 1, unit(), qw);
            addOuter(h, ww, unit(), unit());
        }

        private double[] unit() {
            double[] u = new double[m];
            u[move.to()] = 1;
            u[move.from()] = -1;
            return u;
        }

        /** CΦᵀ, C²Φᵀ, CΦᵀK and CΦᵀKH, column of Φ by column. */
        private void spread(double[] hAlpha) {
            double[] z = new double[n];
            double[] z2 = new double[n];
            move.difference(covariance, n, z);
            move.difference(squared, n, z2);
            for (int column = 0; column < n; column++) {
                int first = column * m;
                double a = move.across(kp, first) + s11 * z[column];
                double b = dot(pw, first, kp) + (s12 - 1) * z[column];
                add(kp, first, z[column], alpha, 0);
                correct(kp, first, a, b, alpha, beta);
                add(hkp, first, z[column], hAlpha, 0);
                correct(hkp, first, a, b, hAlpha, hBeta);
                double across = move.across(kp, first);
                double along = dot(qw, first, kp) + ww * across;
                hkp[first + move.to()] += along;
                hkp[first + move.from()] -= along;
                add(hkp, first, across, qw, 0);
                p[first + move.to()] += z[column];
                p[first + move.from()] -= z[column];
                q[first + move.to()] += z2[column];
                q[first + move.from()] -= z2[column];
            }
        }

        /** K'H'K' from KHK; K and H are those before the move. */
        private void updateT(double[] hAlpha) {
            double[] kHAlpha = times(k, hAlpha);
            double[] kHBeta = times(k, hBeta);
            for (int row = 0; row < m; row++) {
                correct(t, row * m, kHAlpha[row], kHBeta[row], alpha, beta);
            }
            // That was KHK'; from the left likewise.
            double[] fromAlpha = byK(hAlpha);
            double[] fromBeta = byK(hBeta);
            for (int row = 0; row < m; row++) {
                correct(t, row * m, alpha[row], beta[row], fromAlpha, fromBeta);
            }
            double[] ku = byK(unit());
            double[] kq = byK(qw);
            addOuter(t, 1, ku, kq);
            addOuter(t, 1, kq, ku);
            addOuter(t, ww, ku, ku);
        }

        /** K'z. */
        private double[] byK(double[] z) {
            double[] result = times(k, z);
            correct(result, 0, dot(alpha, 0, z), dot(beta, 0, z), alpha, beta);
            return result;
        }
    }
}
