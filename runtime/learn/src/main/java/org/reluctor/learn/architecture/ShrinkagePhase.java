package org.reluctor.learn.architecture;

import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.network.MeasurementMatrix;

/**
 * One phase of an {@link UnrolledShrinkage}: s = soft(Ψᵀx, t), x̃ = S·s, x ← x̃ + W(y − Φx̃).
 *
 * @param thresholds t, n values of 0 or more, in the unit of x
 * @param synthesis  S, n×n: back from shrunk coefficients to samples
 * @param correction W, n×m: the data-consistency step for the error that x̃ has
 */
public record ShrinkagePhase(double[] thresholds, Matrix synthesis, Matrix correction) {
    /** soft(z, t) = max(z − t, 0) − max(−z − t, 0), elementwise over all vectors. */
    public static Samples shrink(Samples z, double[] thresholds) {
        Samples result = Samples.zero(z.count(), z.width());
        for (int at = 0; at < z.values().length; at++) {
            double threshold = thresholds[at % z.width()];
            double value = z.values()[at];
            result.values()[at] = Math.max(value - threshold, 0) - Math.max(-value - threshold, 0);
        }
        return result;
    }

    /** The signals after this phase, for signals x before it and their measurements y. */
    public Samples apply(Samples x, Samples y, DaubechiesBasis basis, MeasurementMatrix measurement) {
        Samples estimate = shrink(x.times(basis.matrix()), thresholds).times(synthesis.transposed());
        Samples residual = y.plus(-1, estimate.times(Matrix.of(measurement).transposed()));
        return estimate.plus(1, residual.times(correction.transposed()));
    }
}
