package org.reluctor.stream;

/**
 * The stream's view of a recovery network on a device: measurements in, signals out, in the units of the frames.
 * {@link #current} and {@link #recover} are called by one thread only, the pipeline's, and allocate nothing; the rest
 * by any.
 */
public interface Recovery {
    /**
     * What is to compute the next batch, and tell its own {@link #modelId}: this one, unless its network is exchanged
     * while frames flow. Dimensions, Φ and unit never change; what was returned here is good until the next call.
     */
    default Recovery current() {
        return this;
    }

    /** Measurements of a frame and channel, m. */
    int measurements();

    /** Samples of a signal and channel, n. */
    int samples();

    /** Channels; y is [channels][m], x is [channels][n]. */
    int channels();

    /** Most frames that one call may carry. */
    int maxBatch();

    /** Id of Φ as frames carry it: 8 bytes, big-endian; 0 where the network names no matrix. */
    long matrixId();

    /** Id of the network as signals carry it: 8 bytes, big-endian. */
    long modelId();

    /** Unit of the signal, UCUM; empty where unknown. */
    String unit();

    /**
     * Recovers {@code frames} signals.
     *
     * @param y        measurements, frame after frame, each channels·m floats, in the unit of Φx
     * @param frames   1 to {@link #maxBatch()}
     * @param x        receives the signals, frame after frame, each channels·n floats
     * @param residual receives ‖y − Φx̃‖/‖y‖ of every frame, x̃ the estimate before the last data-consistency step;
     *                 NaN where the network names no matrix
     * @throws RecoveryException if the device failed: the frames are not lost, the caller keeps them
     */
    void recover(float[] y, int frames, float[] x, float[] residual);

    /**
     * What of a frame of the last {@link #recover} lies outside of what was proven of the network:
     * {@link org.reluctor.stream.codec.Signal#FLAG_RESIDUAL} and {@link org.reluctor.stream.codec.Signal#FLAG_RANGE}
     * added up; 0 where nothing was proven.
     *
     * @param frame from 0
     */
    default int certifiedFlags(int frame) {
        return 0;
    }
}
