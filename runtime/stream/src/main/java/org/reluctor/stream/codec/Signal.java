package org.reluctor.stream.codec;

/**
 * A signal as a subscriber receives it. Two are equal only if they share the array of samples.
 *
 * @param sensor          "site/sensor"
 * @param boot            starts of the sensor; unsigned
 * @param seq             number of the frame since the start; unsigned
 * @param hasT0           whether the sensor has a clock
 * @param t0              time of the first sample, ns since 1970 UTC; 0 without clock
 * @param rateNumerator   sampling rate in Hz
 * @param rateDenominator sampling rate in Hz
 * @param n               samples of a channel
 * @param channels        channels
 * @param x               samples, [channels][n], in {@code unit}, scale applied; as the network gave them, NaN included
 * @param modelId         id of the network, 8 bytes, big-endian
 * @param unit            UCUM unit of x; empty where unknown
 * @param residual        ‖y − Φx̃‖/‖y‖; NaN where the signal carries none
 * @param errorBound      bound of ‖x − x̂‖₂ with 95 % confidence, in the unit of x; NaN where the signal carries none
 * @param latencyMicros   time from receipt of the frame to encoding, µs; unsigned
 * @param flags           the FLAG_ constants added up
 */
public record Signal(String sensor, long boot, long seq, boolean hasT0, long t0, long rateNumerator,
                     long rateDenominator, int n, int channels, float[] x, long modelId, String unit, float residual,
                     float errorBound, long latencyMicros, int flags) {
    /** The residual, or that of the signal itself, is over its certified limit. */
    public static final int FLAG_RESIDUAL = 1;
    /** Later than the configuration's deadline. */
    public static final int FLAG_LATE = 2;
    /** Outside the certified range, or the device has answered a probe wrongly. */
    public static final int FLAG_RANGE = 4;
    /** Frames are missing before this one. */
    public static final int FLAG_GAP = 8;

    /** Sample {@code i} of channel {@code channel}. */
    public float x(int channel, int i) {
        return x[channel * n + i];
    }

    /** Whether all bits of {@code flag} are set. */
    public boolean has(int flag) {
        return (flags & flag) == flag;
    }
}
