package org.reluctor.learn.training;

import org.reluctor.learn.algebra.Matrix;

/**
 * How the ones of a sparse binary Φ move within their columns while a network trains, along the gradient of its loss
 * with respect to Φ; that goes through the measurements and through W = CΦᵀ(ΦCΦᵀ + εI)⁻¹, which follows Φ. A Φ made for
 * the linear recovery alone ({@link org.reluctor.learn.measurement.SparseBinaryDesign}) can be a poor one for a
 * network, the more so the fewer measurements there are.
 *
 * @param covariance C of the signals, n×n
 * @param noise      ε, in its units
 * @param rate       greatest learning rate of the scores; falls with the network's
 * @param every      steps of the network between two updates of Φ
 * @param share      of the schedule during which Φ moves; then the network settles
 * @param level      whether rows keep as many ones as each other (±1), so that a signal's offset is common to all
 *                   measurements, and a sensor that rounds over their range spends no bits on it
 */
public record MatrixMoves(Matrix covariance, double noise, double rate, int every, double share, boolean level) {
    public MatrixMoves {
        if (!(noise > 0) || !(rate > 0) || every < 1 || !(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("noise " + noise + ", rate " + rate + ", every " + every
                    + " steps, share " + share + "; right is above 0, above 0, 1 or more, above 0 and at most 1");
        }
    }

    /**
     * Rate 2·10⁻³, for eight tenths of the schedule, and the more seldom the more measurements there are: W takes more
     * time then than the network.
     *
     * @param measurements m
     */
    public static MatrixMoves of(Matrix covariance, double noise, int measurements, boolean level) {
        return new MatrixMoves(covariance, noise, 2e-3, Math.max(2, measurements / 16), 0.8, level);
    }
}
