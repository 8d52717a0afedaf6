package org.reluctor.learn.unrectified;

/**
 * How the augmented Lagrangian works.
 *
 * @param ridge       λ for each sample, on all weights
 * @param penalty     ρ₀ of each hidden layer over the mean curvature of the objective in that layer's activations; 1
 *                    weighs constraints and objective alike
 * @param constraint  rms of the constraints that a solution may have; the tolerance never tightens below it
 * @param gradient    rms of the projected gradient that ends the training, together with the constraints
 * @param reduction   τ, which μ is multiplied by where the constraints miss their tolerance
 * @param sweeps      over all unknowns an outer iteration at most
 * @param adjoint     whether multipliers start from the adjoint, which makes a feasible start stationary in all but
 *                    the weights; else from zero
 */
public record LagrangianOptions(double ridge, double penalty, double constraint, double gradient, double reduction,
        int sweeps, boolean adjoint) {
    /** From random features: weights and activations are to go far. One sweep an outer iteration pays on large sets. */
    public static final LagrangianOptions STANDARD = new LagrangianOptions(1e-4, 30, 1e-3, 1e-5, 0.5, 1, true);

    /**
     * From weights that fit already. The stiffest directions of the objective are hundreds of times its mean curvature;
     * with a lower penalty the relaxed activations follow the targets there, off the constraints, and the forward
     * objective rises from the second iteration on.
     */
    public static final LagrangianOptions NEAR = STANDARD.withPenalty(1000);

    public LagrangianOptions {
        if (!(ridge > 0 && penalty > 0 && constraint > 0 && gradient > 0 && reduction > 0 && reduction < 1)
                || sweeps < 1) {
            throw new IllegalArgumentException("ridge " + ridge + ", penalty " + penalty + ", constraint " + constraint
                    + ", gradient " + gradient + ", reduction " + reduction + ", " + sweeps
                    + " sweeps; all are above 0, the reduction below 1");
        }
    }

    /** The same with another first penalty. */
    public LagrangianOptions withPenalty(double other) {
        return new LagrangianOptions(ridge, other, constraint, gradient, reduction, sweeps, adjoint);
    }
}
