package org.reluctor.stream.codec;

/**
 * What a signal says besides its samples; reusable and mutable, so that a pipeline fills one for every signal without
 * allocating. Each setter returns this object. Confined to one thread at a time.
 */
public final class SignalFields {
    String sensor = "";
    long boot;
    long seq;
    boolean hasT0;
    long t0;
    long rateNumerator = 1;
    long rateDenominator = 1;
    int n;
    int channels = 1;
    long modelId;
    String unit = "";
    float residual = Float.NaN;
    float errorBound = Float.NaN;
    long latencyMicros;
    int flags;

    /** Fields to be set. */
    public SignalFields() {
        // Defaults are set above.
    }

    /** Takes sensor, boot, seq, t0, rate, n and channels from the frame that the signal answers. */
    public SignalFields answering(Frame frame) {
        identity(frame.sensor(), frame.boot(), frame.seq());
        hasT0 = frame.hasT0();
        t0 = frame.t0();
        rate(frame.rateNumerator(), frame.rateDenominator());
        return shape(frame.channels(), frame.n());
    }

    /** "site/sensor", starts and number of the frame; the numbers unsigned. */
    public SignalFields identity(String newSensor, long newBoot, long newSeq) {
        sensor = newSensor;
        boot = newBoot;
        seq = newSeq;
        return this;
    }

    /** Time of the first sample, ns since 1970 UTC. */
    public SignalFields t0(long nanoseconds) {
        hasT0 = true;
        t0 = nanoseconds;
        return this;
    }

    /** No time of the first sample: the sensor has no clock. */
    public SignalFields withoutT0() {
        hasT0 = false;
        t0 = 0;
        return this;
    }

    /** Sampling rate in Hz. */
    public SignalFields rate(long numerator, long denominator) {
        rateNumerator = numerator;
        rateDenominator = denominator;
        return this;
    }

    /** x is [channels][n]. */
    public SignalFields shape(int newChannels, int newN) {
        channels = newChannels;
        n = newN;
        return this;
    }

    /** Id of the network, 8 bytes, big-endian. */
    public SignalFields model(long id) {
        modelId = id;
        return this;
    }

    /** UCUM unit of x; empty where unknown, then it is not sent. */
    public SignalFields unit(String ucum) {
        unit = ucum;
        return this;
    }

    /** ‖y − Φx̃‖/‖y‖; NaN where the network names no matrix, then it is not sent. */
    public SignalFields residual(float value) {
        residual = value;
        return this;
    }

    /** Bound of ‖x − x̂‖₂ with 95 % confidence, in the unit of x; NaN where there is none, then it is not sent. */
    public SignalFields errorBound(float value) {
        errorBound = value;
        return this;
    }

    /** Time from receipt of the frame to encoding, µs; unsigned. */
    public SignalFields latencyMicros(long micros) {
        latencyMicros = micros;
        return this;
    }

    /** Any of the flags of {@link Signal}, added up; none is 0. */
    public SignalFields flags(int bits) {
        flags = bits;
        return this;
    }
}
