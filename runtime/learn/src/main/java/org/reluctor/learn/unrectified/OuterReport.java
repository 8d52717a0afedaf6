package org.reluctor.learn.unrectified;

import java.util.Locale;

/**
 * What one outer iteration left. Objectives are half the mean squared difference to the targets a number, without the
 * weights' penalty; residuals are root mean squares. {@link #toString} is one line for a log.
 *
 * @param iteration        from 1; 0 is the start
 * @param seconds          since training began
 * @param relaxedObjective of the last layer applied to the relaxed activations a
 * @param forwardObjective of the network as it would run, which is what counts
 * @param constraints      ‖c1‖ … ‖c4‖ over all layers and samples
 * @param constraint       over all four
 * @param kkt              projected gradient of the augmented Lagrangian over the penalty: of the activations' unknowns
 *                         or of the weights, whichever is larger
 * @param biactive         units and samples at which v, s and t all vanish and d is neither 0 nor 1, as a share
 * @param largestMultiplier largest of the scaled multipliers times the penalty of its layer
 * @param penalty          μ, in {@link OuterTolerances}' unit
 * @param multipliersMoved whether the constraints met their tolerance, so that the multipliers moved
 * @param innerSolved      whether the inner problem met its tolerance before the sweeps ran out
 * @param premise          what a theorem would need, and whether it holds here
 */
public record OuterReport(int iteration, double seconds, double relaxedObjective, double forwardObjective,
        double[] constraints, double constraint, double kkt, double biactive, double largestMultiplier, double penalty,
        boolean multipliersMoved, boolean innerSolved, String premise) {
    /** Of a network without outer iterations: what it computes is on the constraints, of the rest nothing is known. */
    static OuterReport onConstraints(double seconds, double objective) {
        return new OuterReport(0, seconds, objective, objective, new double[4], 0, Double.NaN, Double.NaN, Double.NaN,
                OuterTolerances.FIRST, false, false, "no outer iteration: the constraints hold by the forward pass");
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%d: %.1f s, objective %.5f relaxed %.5f forward, c %.2e"
                + " (%.1e %.1e %.1e %.1e), kkt %.2e, mu %.3g%s%s, %s", iteration, seconds, relaxedObjective,
                forwardObjective, constraint, constraints[0], constraints[1], constraints[2], constraints[3], kkt,
                penalty, multipliersMoved ? ", multipliers moved" : "", innerSolved ? "" : ", inner problem unsolved",
                premise);
    }
}
