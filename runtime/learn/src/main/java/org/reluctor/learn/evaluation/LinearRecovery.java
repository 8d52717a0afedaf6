package org.reluctor.learn.evaluation;

import java.util.Arrays;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.architecture.LinearEstimate;
import org.reluctor.network.MeasurementMatrix;

/**
 * The linear MMSE estimate as the yardstick beside a network: its covariance from signals that are not evaluated, its
 * noise from what the condition does to their measurements.
 */
public final class LinearRecovery implements Estimator {
    /** Least noise as a share of the signals' mean power over measurements: keeps Φ's dependent rows apart. */
    private static final double LEAST_NOISE = 1e-9;

    private final Matrix matrix;
    private final Matrix transposed;

    /**
     * @param covariance of the signals, n×n
     * @param matrix     Φ, m×n
     * @param noise      variance of what disturbs each measurement, in the units of the covariance; see {@link #noise}
     */
    public LinearRecovery(Matrix covariance, MeasurementMatrix matrix, double noise) {
        double least = LEAST_NOISE * covariance.trace() / matrix.rows();
        this.matrix = LinearEstimate.of(covariance, matrix, Math.max(least, noise)).matrix();
        transposed = this.matrix.transposed();
    }

    /**
     * The mean squared change of a measurement under a condition, weighted as the covariance is.
     *
     * @param signals [count, n]
     * @param weights of the signals, [count]: 1 / its record's energy makes all records count the same
     * @param seed    of noise
     */
    public static double noise(Samples signals, double[] weights, MeasurementMatrix matrix, Condition condition,
            long seed) {
        float[] clean = new Sensor(matrix, Condition.CLEAN, seed).measure(signals, "");
        float[] changed = clean.clone();
        condition.apply(changed, matrix.rows(), seed);
        double sum = 0;
        for (int at = 0; at < clean.length; at++) {
            double change = changed[at] - (double) clean[at];
            sum += weights[at / matrix.rows()] * change * change / matrix.rows();
        }
        return sum;
    }

    /** Weights for signals that all count the same. */
    public static double[] equal(int count) {
        double[] weights = new double[count];
        Arrays.fill(weights, 1.0 / count);
        return weights;
    }

    /** W, n×m. */
    public Matrix matrix() {
        return matrix;
    }

    @Override
    public float[] recover(float[] y, int frames) {
        Samples measurements = Samples.zero(frames, transposed.rows());
        for (int at = 0; at < measurements.values().length; at++) {
            measurements.values()[at] = y[at];
        }
        Samples x = measurements.times(transposed);
        return Matrix.of(x.count(), x.width(), x.values()).toFloats();
    }
}
