package org.reluctor.learn.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.architecture.DaubechiesBasis;
import org.reluctor.network.MeasurementMatrix;

class PhaseFitTest {
    @Test
    void fit_error_isThatOfThePhaseOnTheSameWindows() {
        int n = 32;
        TrainingSet set = TrainingSet.of(PulseTrains.records(4, 100, n, 5));
        MeasurementMatrix phi = MeasurementMatrix.sparseBinary(12, n, 3, 1);
        DaubechiesBasis basis = new DaubechiesBasis(n, 3);
        LinearStart start = LinearStart.search(set, new AnalyticOptions(12, 3, 1, 1, 1, 3, 1e-3),
                TrainingProgress.SILENT);
        Samples y = set.signals().times(Matrix.of(phi).transposed());
        Samples x = y.times(start.estimate().matrix().transposed());
        double[] weights = set.equalWeights();
        double[] thresholds = new double[n];
        Arrays.fill(thresholds, n / 8, n, 10);
        PhaseFit.Fitted fitted = new PhaseFit(phi, 1e-3, set.signals(), x.times(basis.matrix()), weights)
                .fit(thresholds);
        Samples after = fitted.phase().apply(x, y, basis, phi);
        double error = 0;
        for (int at = 0; at < after.values().length; at++) {
            double difference = after.values()[at] - set.signals().values()[at];
            error += weights[at / n] * difference * difference;
        }
        // The measurements above have no noise; what the closed form expects of it comes on top.
        Matrix w = fitted.phase().correction();
        error += LinearStart.noiseVariance(1e-3, weights) * w.times(w.transposed()).trace();
        assertEquals(error, fitted.error(), 1e-9 * error, "the closed form agrees with the sum over windows");
    }
}
