package org.reluctor.stream.codec;

import java.util.HexFormat;

/**
 * Reads frames of version 1. Never throws: what is wrong with a payload comes back as a {@link FrameFault}. A good
 * frame is read without allocation. Confined to one thread at a time.
 *
 * <p>An outer layer, such as an authentication envelope, hands the inner map over by array, offset and length.
 */
public final class FrameReader {
    private static final int REQUIRED = FieldKey.set(FieldKey.VERSION, FieldKey.SENSOR, FieldKey.BOOT, FieldKey.SEQ,
        FieldKey.RATE, FieldKey.MATRIX, FieldKey.N, FieldKey.M, FieldKey.Y);
    private static final int OPTIONAL = FieldKey.set(FieldKey.T0, FieldKey.CHANNELS, FieldKey.SCALE, FieldKey.OFFSET,
        FieldKey.HELD_OUT, FieldKey.HELD_OUT_ROWS);

    private final FrameLimits limits;
    private final FieldReader fields;

    /** A reader of frames within {@code limits}. */
    public FrameReader(FrameLimits limits) {
        this.limits = limits;
        this.fields = new FieldReader("frame", limits.maxBytes(), REQUIRED, OPTIONAL);
    }

    /** Reads a whole payload; see {@link #read(byte[], int, int, String, Frame)}. */
    public FrameFault read(byte[] payload, String sensor, Frame into) {
        return read(payload, 0, payload.length, sensor, into);
    }

    /**
     * Reads the frame in {@code length} bytes from {@code offset}.
     *
     * @param payload holds the frame; kept by {@code into}
     * @param sensor  "site/sensor" of the topic; the frame must say the same
     * @param into    receives the frame; after a fault it holds boot and seq where they were read
     *                ({@link Frame#hasIdentity()}), and nothing else in it may be relied on
     * @return null, or what is wrong
     */
    public FrameFault read(byte[] payload, int offset, int length, String sensor, Frame into) {
        into.clear();
        int pairs = fields.start(payload, offset, length);
        for (int i = 0; i < pairs && fields.ok(); i++) {
            readField(fields.key(), into);
        }
        fields.end();
        if (fields.ok()) {
            checkSensor(payload, sensor, into);
        }
        if (fields.ok()) {
            checkArrays(into);
        }
        return fields.fault();
    }

    /**
     * Compares a good frame with the network of its route.
     *
     * @param frame    a frame read without fault
     * @param matrixId the network's measurement matrix; 0 where it names none, then the frame's is not looked at
     * @param n        samples of a channel
     * @param m        measurements of a channel
     * @param channels channels
     * @return null, or {@link FrameFault#MATRIX}, {@link FrameFault#SAMPLES}, {@link FrameFault#MEASUREMENTS} or
     *     {@link FrameFault#CHANNELS}, with {@link #faultField()} and {@link #faultDetail()} set
     */
    public FrameFault match(Frame frame, long matrixId, int n, int m, int channels) {
        fields.forget();
        matchCount(FrameFault.SAMPLES, frame.n, n);
        matchCount(FrameFault.MEASUREMENTS, frame.m, m);
        matchCount(FrameFault.CHANNELS, frame.channels, channels);
        if (fields.ok() && matrixId != 0 && frame.matrixId != matrixId) {
            fields.fail(FrameFault.MATRIX, "matrix", "matrix is " + hex(frame.matrixId)
                + "; the network of this sensor takes " + hex(matrixId));
        }
        return fields.fault();
    }

    /** The field of the last fault: a name of the format, "key …" or "payload"; empty after a good frame. */
    public String faultField() {
        return fields.field();
    }

    /** The last fault as one sentence: the value found and what would be right; empty after a good frame. */
    public String faultDetail() {
        return fields.detail();
    }

    private void readField(int key, Frame into) {
        switch (key) {
            case FieldKey.VERSION -> fields.version();
            case FieldKey.SENSOR -> {
                into.sensorLength = fields.text();
                into.sensorStart = fields.contentStart();
            }
            case FieldKey.BOOT -> {
                into.boot = fields.unsigned();
                into.hasBoot = fields.ok();
            }
            case FieldKey.SEQ -> {
                into.seq = fields.unsigned();
                into.hasSeq = fields.ok();
            }
            case FieldKey.T0 -> {
                into.t0 = fields.integer();
                into.hasT0 = fields.ok();
            }
            case FieldKey.RATE -> {
                fields.pair();
                into.rateNumerator = fields.ratePart();
                into.rateDenominator = fields.ratePart();
            }
            case FieldKey.MATRIX -> into.matrixId = fields.id();
            default -> readShapeOrArray(key, into);
        }
    }

    private void readShapeOrArray(int key, Frame into) {
        switch (key) {
            case FieldKey.N -> into.n = fields.count(FrameFault.SAMPLES, limits.maxSamples());
            case FieldKey.M -> into.m = fields.count(FrameFault.MEASUREMENTS, limits.maxMeasurements());
            case FieldKey.CHANNELS -> into.channels = fields.count(FrameFault.CHANNELS, limits.maxChannels());
            case FieldKey.SCALE -> into.scale = fields.scale(false);
            case FieldKey.OFFSET -> into.offset = fields.scale(true);
            case FieldKey.Y -> fields.array(into.y);
            case FieldKey.HELD_OUT -> fields.array(into.heldOut);
            case FieldKey.HELD_OUT_ROWS -> {
                fields.pair();
                into.heldOutSeed = fields.unsigned();
                into.heldOutRows = fields.count(FrameFault.HELD_OUT,
                        Math.min(limits.maxMeasurements(), FrameLimits.MOST_HELD_OUT_ROWS));
            }
            default -> {
                // A fault of the key itself, recorded already.
            }
        }
    }

    private void checkSensor(byte[] payload, String sensor, Frame into) {
        boolean same = into.sensorLength == sensor.length();
        for (int i = 0; same && i < into.sensorLength; i++) {
            // Names are ASCII; a byte of a longer character is negative and equals none.
            same = payload[into.sensorStart + i] == sensor.charAt(i);
        }
        if (same) {
            into.sensor = sensor;
        } else {
            fields.fail(FrameFault.SENSOR_MISMATCH, "sensor", "sensor is "
                + QuotedText.of(payload, into.sensorStart, into.sensorLength) + "; the topic says \"" + sensor + "\"");
        }
    }

    private void checkArrays(Frame frame) {
        long wanted = (long) frame.m * frame.channels;
        if (wanted > limits.maxMeasurements()) {
            fields.fail(FrameFault.MEASUREMENTS, "m", "m·channels is " + wanted + "; at most "
                + limits.maxMeasurements() + " is right");
            return;
        }
        checkArray("y", frame.y, wanted, frame);
        if (fields.has(FieldKey.HELD_OUT) != fields.has(FieldKey.HELD_OUT_ROWS)) {
            fields.fail(FrameFault.HELD_OUT, "heldOut", "one of heldOut and heldOutRows (keys 13 and 14) is absent; "
                + "both or none is right");
        } else if (fields.has(FieldKey.HELD_OUT)) {
            checkArray("heldOut", frame.heldOut, (long) frame.heldOutRows * frame.channels, frame);
        }
    }

    private void checkArray(String name, TypedArrayView array, long wanted, Frame frame) {
        if (!fields.ok()) {
            return;
        }
        if (array.count() != wanted) {
            fields.fail(FrameFault.ARRAY_LENGTH, name, name + " has " + array.count() + " elements; " + wanted
                + " are right, for " + frame.channels + (frame.channels == 1 ? " channel" : " channels"));
            return;
        }
        int bad = array.firstNotFinite(frame.scale, frame.offset);
        if (bad >= 0) {
            fields.fail(FrameFault.NOT_FINITE, name, name + "[" + bad + "] is " + array.element(bad) + ", with scale "
                + frame.scale + " and offset " + frame.offset + "; finite measurements are right");
        }
    }

    private void matchCount(FrameFault kind, int found, int wanted) {
        if (fields.ok() && found != wanted) {
            fields.fail(kind, kind.field(), kind.field() + " is " + found + "; the network of this sensor takes "
                + wanted);
        }
    }

    private static String hex(long id) {
        return HexFormat.of().toHexDigits(id);
    }
}
