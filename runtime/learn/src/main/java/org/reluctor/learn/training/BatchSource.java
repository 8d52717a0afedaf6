package org.reluctor.learn.training;

/**
 * Signals to train on, batch by batch. A batch depends on its step alone (and on the source's own seed), so that
 * training which is resumed sees what it would have seen.
 */
public interface BatchSource {
    /** Samples of a signal. */
    int length();

    /** Frames of a batch. */
    int frames();

    /** Frames that follow each other in a batch and belong to one record; divides {@link #frames}. */
    int framesOfRecord();

    /** The batch of that step, from 0. Called from the training thread. */
    Batch batch(long step);

    /**
     * A batch.
     *
     * @param signals  [frames, length], in the unit of x
     * @param energies mean square of each frame's record, by which its error is measured; times the square of the gain
     *                     if the frame was amplified
     */
    record Batch(float[] signals, float[] energies) {
    }
}
