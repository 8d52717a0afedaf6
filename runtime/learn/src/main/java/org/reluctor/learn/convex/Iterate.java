package org.reluctor.learn.convex;

import org.reluctor.learn.algebra.Matrix;

/**
 * Weights and the correlation of their residual, ZᵀY − ZᵀZ·weights: both affine in the weights, so that combinations
 * of iterates need no product.
 */
record Iterate(Matrix weights, Matrix correlation) {
    Iterate copy() {
        return new Iterate(Matrix.of(weights.rows(), weights.columns(), weights.values().clone()),
                Matrix.of(correlation.rows(), correlation.columns(), correlation.values().clone()));
    }
}
