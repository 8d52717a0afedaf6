package org.reluctor.learn.data;

/**
 * Signals for training by gradients, batch by batch. A batch depends on the source's seed and the number of the step
 * alone, so that training that was stopped goes on at any step as if it had not been. May be shared between threads.
 *
 * <p>A batch consists of groups of equal size, one behind the other; the vectors of one group come from one record. The
 * relative error of a group is e² = (1/(G·n)) Σ w‖x − x̂‖² over its G vectors of n samples, w being a vector's weight;
 * the square root of it, averaged over groups, is the mean PRD / 100 whose descent training wants.
 */
public interface BatchSource {
    /** Samples a vector, n. */
    int width();

    /** Vectors a batch, B; a multiple of {@link #groupSize}. */
    int size();

    /** Vectors of one group, G. */
    int groupSize();

    /**
     * Fills a batch.
     *
     * @param step    from 0
     * @param signals receives the vectors, row-major [B, n], in the unit of the data
     * @param weights receives each vector's weight, [B]: the reciprocal of the power that its error is relative to
     */
    void fill(long step, float[] signals, float[] weights);
}
