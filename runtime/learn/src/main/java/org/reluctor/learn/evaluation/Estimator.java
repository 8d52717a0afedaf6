package org.reluctor.learn.evaluation;

/** What recovers signals from measurements, be it a network on a device or a matrix. One thread at a time. */
public interface Estimator {
    /**
     * Recovers frames.
     *
     * @param y      measurements, [frames][m], in the unit of Φx
     * @param frames at least 1
     * @return the signals, [frames][n]
     */
    float[] recover(float[] y, int frames);
}
