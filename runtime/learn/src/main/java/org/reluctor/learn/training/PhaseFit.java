package org.reluctor.learn.training;

import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.PositiveDefinite;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.architecture.LinearEstimate;
import org.reluctor.learn.architecture.ShrinkagePhase;
import org.reluctor.network.MeasurementMatrix;

/**
 * Everything of a phase that has a closed form once its thresholds are chosen. With features s = soft(z, t), the
 * synthesis is ridge regression, S = E[xsᵀ](E[ssᵀ] + λI)⁻¹; the correction is the linear MMSE estimate of what is still
 * wrong, W = CₑΦᵀ(ΦCₑΦᵀ + εI)⁻¹ with Cₑ the covariance of x − Ss. Expectations are weighted means over the windows.
 */
final class PhaseFit {
    /** λ over the mean of the features' variances. */
    private static final double RIDGE = 1e-5;

    private final MeasurementMatrix measurement;
    private final double noise;
    private final Samples signals;
    private final Samples coefficients;
    private final double[] weights;
    private final Matrix covariance;

    /**
     * @param noise        standard deviation of the measurements' noise
     * @param signals      x
     * @param coefficients z = Ψᵀ of the estimates before this phase
     * @param weights      of the windows
     */
    PhaseFit(MeasurementMatrix measurement, double noise, Samples signals, Samples coefficients, double[] weights) {
        this.measurement = measurement;
        this.noise = noise;
        this.signals = signals;
        this.coefficients = coefficients;
        this.weights = weights;
        covariance = signals.gram(signals, weights);
    }

    /** A phase and the weighted mean squared error after it. */
    record Fitted(ShrinkagePhase phase, double error) {
    }

    Samples coefficients() {
        return coefficients;
    }

    Fitted fit(double[] thresholds) {
        Samples features = ShrinkagePhase.shrink(coefficients, thresholds);
        Matrix cross = features.gram(signals, weights);
        Matrix gram = features.gram(features, weights);
        double ridge = RIDGE * gram.trace() / gram.rows();
        Matrix synthesis = PositiveDefinite.solve(gram.plusDiagonal(ridge), cross);
        // E[(x − Ss)(x − Ss)ᵀ] from the sums at hand, by the normal equations: no second pass over the windows.
        Matrix error = covariance.plus(-1, synthesis.transposed().times(cross.plus(ridge, synthesis)));
        LinearEstimate correction = LinearEstimate.of(error, measurement, LinearStart.noiseVariance(noise, weights));
        return new Fitted(new ShrinkagePhase(thresholds, synthesis.transposed(), correction.matrix()),
                correction.error());
    }
}
