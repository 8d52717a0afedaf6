package org.reluctor.app.inference;

/** A network applied to measurements in the frames' units. One thread at a time. */
public interface Inference extends AutoCloseable {
    /**
     * Recovers signals.
     *
     * @param y      measurements, frame after frame, each channels·m, in the unit of Φx
     * @param frames at least 1
     * @return the signals, frame after frame, each channels·n
     */
    float[] recover(float[] y, int frames);

    /** Name of what computes. */
    String device();

    /** Arithmetic that the weights are kept in. */
    String weights();

    @Override
    void close();
}
