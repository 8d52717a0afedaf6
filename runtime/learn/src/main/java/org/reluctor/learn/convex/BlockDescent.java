package org.reluctor.learn.convex;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Products;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.algebra.SymmetricEigen;

/**
 * Block coordinate descent: each group in turn is improved given the others. A Frobenius group is set to its optimum,
 * which has a closed form but for one number: with H = XᵀD_iX = Q·diag(λ)·Qᵀ, B = XᵀD_i(Y − the others) and b_k the
 * norm of row k of QᵀB it is 0 where ‖B‖ ≤ β, else U = t(tH + βI)⁻¹B with t = ‖U‖ the root of Σ b_k²/(tλ_k + β)² = 1. A
 * nuclear group takes a proximal gradient step of length 1/λ₁, which is longer than a step for all groups at once may
 * be. A sweep over all groups costs what one product of ZᵀZ costs. Every few sweeps an {@link Extrapolation} is tried,
 * which costs no product, and taken where the objective is lower.
 */
final class BlockDescent implements GroupLassoSolver {
    private static final int NEWTON_STEPS = 60;

    private final GramQuadratic smooth;
    private final GroupNorm norm;
    private final Products products;
    private final SolverOptions options;
    private final GapWatch.Listener listener;
    private final SymmetricEigen[] eigen;

    BlockDescent(GramQuadratic smooth, GroupNorm norm, Products products, SolverOptions options,
            GapWatch.Listener listener) {
        this.smooth = smooth;
        this.norm = norm;
        this.products = products;
        this.options = options;
        this.listener = listener;
        eigen = new SymmetricEigen[smooth.groups()];
        IntStream.range(0, eigen.length).parallel().forEach(group -> eigen[group] = SymmetricEigen.of(diagonal(group)));
    }

    private Matrix diagonal(int group) {
        int width = smooth.width();
        Matrix block = Matrix.zero(width, width);
        for (int row = 0; row < width; row++) {
            System.arraycopy(smooth.gram().values(), (group * width + row) * smooth.gram().width() + group * width,
                    block.values(), row * width, width);
        }
        return block;
    }

    @Override
    public GroupLassoSolution solve(double beta, Matrix start) {
        GapWatch watch = new GapWatch(smooth, norm, options, beta, listener);
        Iterate at = new Iterate(start, smooth.target().plus(-1, smooth.gramTimes(start)));
        double normSum = GroupProximal.normSum(smooth, norm, start);
        Iterate from = at;
        Extrapolation extrapolation = new Extrapolation();
        while (watch.goesOn(at.weights(), smooth.target().plus(-1, at.correlation()), normSum)) {
            at = from.copy();
            normSum = 0;
            for (int group = 0; group < smooth.groups(); group++) {
                normSum += improve(group, beta, at.weights(), at.correlation());
            }
            Iterate guess = extrapolation.after(from, at);
            // Extrapolated groups have full rank, so that only a sweep from them is shown to the watch.
            from = guess != null && objective(guess, GroupProximal.normSum(smooth, norm, guess.weights()), beta)
                    < objective(at, normSum, beta) ? guess : at;
        }
        return watch.solution();
    }

    /** Up to ½‖Y‖². */
    private double objective(Iterate at, double normSum, double beta) {
        return -(at.weights().dot(smooth.target()) + at.weights().dot(at.correlation())) / 2 + beta * normSum;
    }

    /** Improves one group in place; returns its norm. */
    private double improve(int group, double beta, Matrix weights, Matrix correlation) {
        int width = smooth.width();
        Matrix old = weights.rowRange(group * width, width);
        Matrix pull = correlation.rowRange(group * width, width);
        GroupNorm.Shrunk better = norm == GroupNorm.FROBENIUS ? optimum(group, beta, old, pull)
                : norm.shrink(old.plus(1 / eigenvalue(group, 0), pull), beta / eigenvalue(group, 0));
        Matrix change = better.matrix().plus(-1, old);
        if (change.dot(change) == 0) {
            return better.norm();
        }
        System.arraycopy(better.matrix().values(), 0, weights.values(), group * change.values().length,
                change.values().length);
        int stride = smooth.gram().width();
        Samples rows = new Samples(stride, Arrays.copyOfRange(smooth.gram().values(), group * width * stride,
                (group + 1) * width * stride));
        Matrix effect = products.gram(rows, new Samples(change.columns(), change.values()));
        for (int at = 0; at < effect.values().length; at++) {
            correlation.values()[at] -= effect.values()[at];
        }
        return better.norm();
    }

    private GroupNorm.Shrunk optimum(int group, double beta, Matrix old, Matrix pull) {
        Matrix rotation = eigen[group].vectors();
        Matrix back = rotation.transposed();
        Matrix rotated = back.times(pull);
        Matrix oldRotated = back.times(old);
        for (int at = 0; at < rotated.values().length; at++) {
            rotated.values()[at] += eigenvalue(group, at / rotated.columns()) * oldRotated.values()[at];
        }
        double size = size(group, beta, rotated);
        for (int at = 0; at < rotated.values().length; at++) {
            rotated.values()[at] *= size / (size * eigenvalue(group, at / rotated.columns()) + beta);
        }
        return new GroupNorm.Shrunk(rotation.times(rotated), size);
    }

    private double eigenvalue(int group, int place) {
        return Math.max(0, eigen[group].values()[place]);
    }

    /** The root t by Newton's method on 1/√φ − 1, which is concave in t, so that steps from below never pass it. */
    private double size(int group, double beta, Matrix rotated) {
        double[] squares = new double[rotated.rows()];
        for (int at = 0; at < rotated.values().length; at++) {
            squares[at / rotated.columns()] += rotated.values()[at] * rotated.values()[at];
        }
        double t = 0;
        for (int step = 0; step < NEWTON_STEPS; step++) {
            double sum = 0;
            double slope = 0;
            for (int row = 0; row < squares.length; row++) {
                double denominator = t * eigenvalue(group, row) + beta;
                double term = squares[row] / (denominator * denominator);
                sum += term;
                slope += term * eigenvalue(group, row) / denominator;
            }
            if (sum <= 1 || slope == 0) {
                return t;
            }
            // d/dt of sum^(-1/2) is sum^(-3/2)·slope.
            double change = (1 - 1 / Math.sqrt(sum)) * sum * Math.sqrt(sum) / slope;
            t += change;
            if (change <= 1e-15 * t) {
                return t;
            }
        }
        return t;
    }
}
