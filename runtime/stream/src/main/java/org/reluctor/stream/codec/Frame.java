package org.reluctor.stream.codec;

/**
 * A frame as {@link FrameReader} read it: reusable, refilled without allocation. The measurements stay in the payload
 * array, which must not change while the frame is in use; the small fields are copied. Confined to one thread at a
 * time.
 */
public final class Frame {
    final TypedArrayView y = new TypedArrayView();
    final TypedArrayView heldOut = new TypedArrayView();
    String sensor;
    int sensorStart;
    int sensorLength;
    boolean hasBoot;
    boolean hasSeq;
    boolean hasT0;
    long boot;
    long seq;
    long t0;
    long rateNumerator;
    long rateDenominator;
    long matrixId;
    int n;
    int m;
    int channels;
    float scale;
    float offset;
    long heldOutSeed;
    int heldOutRows;

    /** An empty frame, to be filled by a reader. */
    public Frame() {
        clear();
    }

    /** Forgets everything, the payload array included. */
    public void clear() {
        forgetMeasurements();
        sensor = null;
        sensorStart = 0;
        sensorLength = 0;
        hasBoot = false;
        hasSeq = false;
        hasT0 = false;
        boot = 0;
        seq = 0;
        t0 = 0;
        rateNumerator = 0;
        rateDenominator = 0;
        matrixId = 0;
        n = 0;
        m = 0;
        channels = 1;
        scale = 1;
        offset = 0;
        heldOutSeed = 0;
        heldOutRows = 0;
    }

    /** Forgets the measurements, and with them the payload array; what else was read stays. */
    public void forgetMeasurements() {
        y.clear();
        heldOut.clear();
    }

    /** Whether {@link #boot()} and {@link #seq()} were read; true after every good frame and some bad ones. */
    public boolean hasIdentity() {
        return hasBoot && hasSeq;
    }

    /** "site/sensor", the string given to the reader; null after a fault. */
    public String sensor() {
        return sensor;
    }

    /** Whether this good frame came from {@code other}, "site/sensor". */
    public boolean sensorEquals(String other) {
        return sensor != null && sensor.equals(other);
    }

    /** Starts of the sensor; unsigned. */
    public long boot() {
        return boot;
    }

    /** Number of the frame since the start, from 0; unsigned. */
    public long seq() {
        return seq;
    }

    /** Whether the sensor has a clock. */
    public boolean hasT0() {
        return hasT0;
    }

    /** Time of the first sample, ns since 1970 UTC; may be negative; 0 without {@link #hasT0()}. */
    public long t0() {
        return t0;
    }

    /** Sampling rate in Hz, numerator; at least 1. */
    public long rateNumerator() {
        return rateNumerator;
    }

    /** Sampling rate in Hz, denominator; at least 1. */
    public long rateDenominator() {
        return rateDenominator;
    }

    /** Id of the measurement matrix: 8 bytes, big-endian. */
    public long matrixId() {
        return matrixId;
    }

    /** Samples of a channel. */
    public int n() {
        return n;
    }

    /** Measurements of a channel. */
    public int m() {
        return m;
    }

    /** Channels; y is [channels][m]. */
    public int channels() {
        return channels;
    }

    /** y = scale·raw + offset; finite, not 0. */
    public float scale() {
        return scale;
    }

    /** y = scale·raw + offset; finite. */
    public float offset() {
        return offset;
    }

    /** Element type of y on the wire; null after a fault before y. */
    public ArrayType measurementType() {
        return y.type();
    }

    /**
     * Writes y, channels·m finite floats in the unit of Φx, channel after channel: scale·raw + offset, computed in
     * float64 and rounded once. Only after a good read. Allocates nothing.
     *
     * @param into receives y
     * @param at   index of the first
     */
    public void measurements(float[] into, int at) {
        y.values(scale, offset, into, at);
    }

    /** Held-out measurements of all channels together; 0 where the frame carries none. */
    public int heldOutCount() {
        return heldOut.count();
    }

    /** Seed of the held-out rows; 0 where the frame carries none. */
    public long heldOutSeed() {
        return heldOutSeed;
    }

    /** Held-out rows of a channel; 0 where the frame carries none. */
    public int heldOutRows() {
        return heldOutRows;
    }

    /** Writes the {@link #heldOutCount()} held-out measurements, as {@link #measurements} does. */
    public void heldOut(float[] into, int at) {
        heldOut.values(scale, offset, into, at);
    }
}
