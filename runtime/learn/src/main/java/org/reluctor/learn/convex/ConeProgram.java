package org.reluctor.learn.convex;

import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Products;
import org.reluctor.learn.algebra.Samples;

/**
 * The convex program of a ReLU layer: min ½‖Y − Σ D_iX(V_i − W_i)‖²_F + βΣ(‖V_i‖_F + ‖W_i‖_F), every column of V_i and
 * W_i within the cone K_i = {u: (2D_i − I)Xu ≥ 0}, where relu(Xu) = D_iXu. For one output and all patterns its optimum
 * is that of the network under weight decay with m ≥ m* units (arXiv 2002.10553, theorem 1); for several outputs it is
 * that of the network whose units come in blocks, one unit for each output, penalised as
 * {@link TwoLayerNetwork#penalty()} says. Over sampled patterns it is an upper bound on that optimum.
 *
 * <p>Weights of its 2P groups, V₁ … V_P, W₁ … W_P, stand side by side in a matrix of [d, 2P·c].
 *
 * @param inputs   X, [N, d]
 * @param targets  Y, [N, c]
 * @param patterns of these inputs
 */
public record ConeProgram(Samples inputs, Samples targets, ActivationPatterns patterns) {
    public ConeProgram {
        if (inputs.count() != targets.count() || inputs.count() == 0) {
            throw new IllegalArgumentException(inputs.count() + " inputs for " + targets.count()
                    + " targets; equally many are needed, and at least 1");
        }
    }

    /** β_max: the least penalty that makes all weights of the program without cones zero, and so of this one. */
    public double largestPenalty(Products products) {
        double largest = 0;
        for (int pattern = 0; pattern < patterns.count(); pattern++) {
            int[] active = patterns.active(pattern);
            largest = Math.max(largest, GroupNorm.FROBENIUS.of(products.gram(ActivationPatterns.gather(inputs, active),
                    ActivationPatterns.gather(targets, active))));
        }
        return largest;
    }

    /** 2P. */
    int groups() {
        return 2 * patterns.count();
    }

    /** +1 for the groups V, −1 for W. */
    int sign(int group) {
        return group < patterns.count() ? 1 : -1;
    }

    /** The pattern of a group. */
    int pattern(int group) {
        return group % patterns.count();
    }

    /** All weights zero. */
    Matrix zero() {
        return Matrix.zero(inputs.width(), groups() * targets.width());
    }

    /** A group's weights, [d, c], as a copy. */
    Matrix group(Matrix weights, int group) {
        int outputs = targets.width();
        Matrix part = Matrix.zero(weights.rows(), outputs);
        for (int row = 0; row < weights.rows(); row++) {
            System.arraycopy(weights.values(), row * weights.columns() + group * outputs, part.values(),
                    row * outputs, outputs);
        }
        return part;
    }

    /** Writes a group's weights back. */
    void setGroup(Matrix weights, int group, Matrix part) {
        int outputs = targets.width();
        for (int row = 0; row < weights.rows(); row++) {
            System.arraycopy(part.values(), row * outputs, weights.values(),
                    row * weights.columns() + group * outputs, outputs);
        }
    }
}
