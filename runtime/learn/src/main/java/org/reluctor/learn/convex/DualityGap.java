package org.reluctor.learn.convex;

import java.util.stream.IntStream;
import org.reluctor.learn.algebra.Matrix;

/**
 * How far weights of a {@link GatedProgram} are from its optimum at most. The dual is max ⟨Λ, Y⟩ − ½‖Λ‖²_F subject to
 * ‖XᵀD_iΛ‖' ≤ β for every group, the prime marking the dual norm. The residual R, scaled, is feasible: Λ = αR with
 * α = ⟨R, Y⟩/‖R‖² held within ±β/M and M the largest ‖XᵀD_iR‖'.
 *
 * <p>It speaks about the program over these patterns and no others.
 *
 * @param primal  objective of the weights
 * @param dual    a lower bound on every weights' objective
 * @param largest M
 */
public record DualityGap(double primal, double dual, double largest) {
    /**
     * Evaluates the gap.
     *
     * @param gramTimes ZᵀZ times the weights
     * @param normSum   sum of the groups' norms
     */
    static DualityGap of(GatedQuadratic smooth, GroupNorm norm, double beta, Matrix weights, Matrix gramTimes,
            double normSum) {
        double fitted = smooth.target().dot(weights);
        double aligned = smooth.energy() - fitted;
        double residual = Math.max(0, aligned - fitted + weights.dot(gramTimes));
        double largest = largest(smooth, norm, smooth.target().plus(-1, gramTimes));
        return of(residual / 2 + beta * normSum, residual, aligned, largest, beta);
    }

    /**
     * The gap from its ingredients.
     *
     * @param residual ‖R‖²_F
     * @param aligned  ⟨R, Y⟩
     */
    static DualityGap of(double primal, double residual, double aligned, double largest, double beta) {
        double limit = largest == 0 ? Double.POSITIVE_INFINITY : beta / largest;
        double alpha = residual == 0 ? 0 : Math.max(-limit, Math.min(limit, aligned / residual));
        return new DualityGap(primal, alpha * aligned - alpha * alpha * residual / 2, largest);
    }

    /** M: the largest dual norm among the groups of ZᵀR, which are found in parallel. */
    static double largest(GatedQuadratic smooth, GroupNorm norm, Matrix correlation) {
        return IntStream.range(0, smooth.groups()).parallel()
                .mapToDouble(group -> norm.dual(correlation.rowRange(group * smooth.width(), smooth.width())))
                .max().orElse(0);
    }

    /** Primal less dual; not below 0 but for rounding. */
    public double absolute() {
        return primal - dual;
    }

    /** The gap over the primal objective; 0 where that is 0. */
    public double relative() {
        return primal == 0 ? 0 : Math.max(0, absolute()) / primal;
    }
}
