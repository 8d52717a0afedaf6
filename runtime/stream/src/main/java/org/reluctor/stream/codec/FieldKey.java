package org.reluctor.stream.codec;

/** The integer keys of frames and signals, version 1. */
final class FieldKey {
    static final int VERSION = 0;
    static final int SENSOR = 1;
    static final int BOOT = 2;
    static final int SEQ = 3;
    static final int T0 = 4;
    static final int RATE = 5;
    static final int MATRIX = 6;
    static final int N = 7;
    static final int M = 8;
    static final int CHANNELS = 9;
    static final int SCALE = 10;
    static final int OFFSET = 11;
    static final int Y = 12;
    static final int HELD_OUT = 13;
    static final int HELD_OUT_ROWS = 14;
    static final int X = 16;
    static final int MODEL = 17;
    static final int UNIT = 18;
    static final int RESIDUAL = 19;
    static final int ERROR_BOUND = 20;
    static final int LATENCY = 21;
    static final int FLAGS = 22;

    private static final String[] NAMES = {
        "version", "sensor", "boot", "seq", "t0", "rate", "matrix", "n", "m", "channels", "scale", "offset", "y",
        "heldOut", "heldOutRows", "15", "x", "model", "unit", "residual", "errorBound", "latency", "flags"};

    private FieldKey() {
    }

    /** The field's name in faults, vectors and documents. */
    static String name(int key) {
        return NAMES[key];
    }

    /** A set of keys as one bit each. */
    static int set(int... keys) {
        int bits = 0;
        for (int key : keys) {
            bits |= 1 << key;
        }
        return bits;
    }
}
