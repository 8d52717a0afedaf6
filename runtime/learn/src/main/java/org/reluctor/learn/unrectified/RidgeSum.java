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

    /** The minimiser W [width, outputs] of Σ‖W'inputs − targets‖²/2 + ridge·‖W‖²/2. */
    Matrix solve(double ridge) {
        return PositiveDefinite.solve(gram.plusDiagonal(ridge), cross);
    }

    /** The squared norm of that function's gradient at W. */
    double squaredGradient(Matrix weights, double ridge) {
        Matrix gradient = gram.times(weights).plus(-1, cross).plus(ridge, weights);
        double sum = 0;
        for (double value : gradient.values()) {
            sum += value * value;
        }
        return sum;
    }
}
