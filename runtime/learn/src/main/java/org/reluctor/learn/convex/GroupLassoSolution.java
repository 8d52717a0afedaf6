package org.reluctor.learn.convex;

import org.reluctor.learn.algebra.Matrix;

/**
 * Weights of a {@link GatedProgram} and what is known about them.
 *
 * @param beta       penalty that they were found for
 * @param weights    [P·d, c], one group below the other
 * @param dual       weights whose residual, scaled, is the best dual point that was met; [P·d, c]
 * @param gap        of these weights, for the sampled patterns
 * @param iterations spent
 * @param seconds    spent
 * @param converged  whether the gap that was asked for is reached; else the budget ended before, or rounding in the
 *                       products keeps the gap from falling
 */
public record GroupLassoSolution(double beta, Matrix weights, Matrix dual, DualityGap gap, int iterations,
        double seconds, boolean converged) {
}
