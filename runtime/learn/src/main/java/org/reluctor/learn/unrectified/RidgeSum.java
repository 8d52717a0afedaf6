package org.reluctor.learn.unrectified;

import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.PositiveDefinite;
import org.reluctor.learn.algebra.Products;
import org.reluctor.learn.algebra.Samples;

/**
 * Ridge regression of targets on inputs over shards: only the two Gram matrices are kept, summed in float64 in the
 * order of the shards, so that a set in many shards gives what it gives in one.
 */
final class RidgeSum {
    /** Of float32, relative to the mean of the diagonal, and how far a ridge may go beyond it. */
    private static final double ROUNDING = 1e-6;
    private static final double RAISE = 10;
    private static final double MOST = 1e4;

    private Matrix gram;
    private Matrix cross;

    /** Adds samples: inputs [count, width], targets [count, outputs]. */
    void add(Products products, Samples inputs, Samples targets) {
        gram = sum(gram, products.gram(inputs, inputs));
        cross = sum(cross, products.gram(inputs, targets));
    }

    static Matrix sum(Matrix before, Matrix more) {
        return before == null ? more : before.plus(1, more);
    }

    /**
     * The minimiser W [width, outputs] of Σ‖W'inputs − targets‖²/2 + ridge·‖W‖²/2. Sums in float32 can be indefinite by
     * their rounding where the ridge is small beside them; it is then raised until they are not.
     */
    Matrix solve(double ridge) {
        double least = ROUNDING * gram.trace() / gram.rows();
        for (double raised = ridge;; raised = Math.max(least, RAISE * raised)) {
            try {
                return PositiveDefinite.solve(gram.plusDiagonal(raised), cross);
            } catch (ArithmeticException indefinite) {
                if (!(raised < MOST * least)) {
                    throw indefinite;
                }
            }
        }
    }
}
