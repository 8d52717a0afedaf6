package org.reluctor.learn.training;

import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.architecture.LinearEstimate;
import org.reluctor.network.MeasurementMatrix;

/**
 * The linear start of a network: Φ chosen among the seeds by the error of the best linear recovery, and that recovery.
 *
 * @param measurement Φ
 * @param seed        that it was made from
 * @param estimate    W₀ and its error, which is the mean over records of the squared relative error
 */
record LinearStart(MeasurementMatrix measurement, long seed, LinearEstimate estimate) {
    static LinearStart search(TrainingSet set, AnalyticOptions options, TrainingProgress progress) {
        double[] weights = set.equalWeights();
        Matrix covariance = set.signals().gram(set.signals(), weights);
        double noise = noiseVariance(options.noise(), weights);
        LinearStart best = null;
        for (int tried = 0; tried < options.seeds(); tried++) {
            long seed = options.firstSeed() + tried;
            MeasurementMatrix measurement = MeasurementMatrix.sparseBinary(options.measurements(),
                    set.signals().width(), options.onesPerColumn(), seed);
            LinearEstimate estimate = LinearEstimate.of(covariance, measurement, noise);
            if (best == null || estimate.error() < best.estimate.error()) {
                best = new LinearStart(measurement, seed, estimate);
            }
            progress.advanced("measurement matrix", tried + 1, options.seeds());
        }
        return best;
    }

    /** ε for covariances that are weighted sums: the noise of every window enters with that window's weight. */
    static double noiseVariance(double noise, double[] weights) {
        double sum = 0;
        for (double weight : weights) {
            sum += weight;
        }
        return noise * noise * sum;
    }
}
