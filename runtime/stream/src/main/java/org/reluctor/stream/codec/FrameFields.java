package org.reluctor.stream.codec;

/**
 * What a sensor says about a frame besides its measurements. Immutable; the methods named like a field return a copy
 * with that field changed, so a sensor sets the constant ones once and {@link #at} for every frame. Written as given:
 * {@link FrameWriter} does not look for wrong values, so that tests can send them.
 *
 * @param sensor          "site/sensor"
 * @param boot            starts of the sensor; unsigned
 * @param seq             number of the frame since the start; unsigned
 * @param hasT0           whether t0 is sent
 * @param t0              time of the first sample, ns since 1970 UTC
 * @param rateNumerator   sampling rate in Hz
 * @param rateDenominator sampling rate in Hz
 * @param matrixId        id of the measurement matrix, 8 bytes, big-endian
 * @param n               samples of a channel
 * @param m               measurements of a channel
 * @param channels        channels; 1 is not sent
 * @param scale           y = scale·raw + offset; 1 is not sent
 * @param offset          y = scale·raw + offset; 0 is not sent
 * @param heldOutSeed     seed of the held-out rows, sent with held-out measurements
 */
public record FrameFields(String sensor, long boot, long seq, boolean hasT0, long t0, long rateNumerator,
                          long rateDenominator, long matrixId, int n, int m, int channels, float scale, float offset,
                          long heldOutSeed) {
    /** Fields of boot 0, seq 0, one channel, no clock, at {@code rateNumerator/rateDenominator} Hz. */
    public static FrameFields of(String sensor, long rateNumerator, long rateDenominator, long matrixId, int n, int m) {
        return new FrameFields(sensor, 0, 0, false, 0, rateNumerator, rateDenominator, matrixId, n, m, 1, 1, 0, 0);
    }

    /** The identity of the next frame. */
    public FrameFields at(long newBoot, long newSeq) {
        return new FrameFields(sensor, newBoot, newSeq, hasT0, t0, rateNumerator, rateDenominator, matrixId, n, m,
            channels, scale, offset, heldOutSeed);
    }

    /** Time of the first sample, ns since 1970 UTC. */
    public FrameFields t0(long nanoseconds) {
        return new FrameFields(sensor, boot, seq, true, nanoseconds, rateNumerator, rateDenominator, matrixId, n, m,
            channels, scale, offset, heldOutSeed);
    }

    /** Channels; y is [channels][m]. */
    public FrameFields channels(int count) {
        return new FrameFields(sensor, boot, seq, hasT0, t0, rateNumerator, rateDenominator, matrixId, n, m,
            count, scale, offset, heldOutSeed);
    }

    /** y = scale·raw + offset. */
    public FrameFields scaled(float newScale, float newOffset) {
        return new FrameFields(sensor, boot, seq, hasT0, t0, rateNumerator, rateDenominator, matrixId, n, m,
            channels, newScale, newOffset, heldOutSeed);
    }

    /** Seed of the held-out rows. */
    public FrameFields heldOutSeed(long seed) {
        return new FrameFields(sensor, boot, seq, hasT0, t0, rateNumerator, rateDenominator, matrixId, n, m,
            channels, scale, offset, seed);
    }
}
