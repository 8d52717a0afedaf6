package org.reluctor.stream.codec;

/**
 * Writes signals of version 1. Confined to one thread at a time; once warm, each call allocates its result and no
 * more, unless the unit holds other than ASCII.
 */
public final class SignalWriter {
    private static final int TYPICAL_BYTES = 4096;
    private static final int INT16_MAX = Short.MAX_VALUE;
    /** Half floats are scaled so that the largest lies here: most of their range is then left for the small ones. */
    private static final int HALF_TOP_EXPONENT = 14;

    private final CborWriter cbor = new CborWriter(TYPICAL_BYTES);

    /** A writer for any number of signals. */
    public SignalWriter() {
        // Nothing to configure.
    }

    /**
     * A signal whose samples are 32-bit floats, tag 85, bit for bit as given.
     *
     * @param fields all but the samples; n·channels samples are read
     * @param x      samples, [channels][n]
     * @param at     index of the first
     */
    public byte[] write(SignalFields fields, float[] x, int at) {
        return write(fields, x, at, ArrayType.FLOAT32);
    }

    /**
     * A signal in a type that the caller asks for: {@link ArrayType#FLOAT32}; {@link ArrayType#INT16}, of which the
     * scale is the largest sample's size over 32767, so that no sample is off by more than half of it; or
     * {@link ArrayType#FLOAT16}, of which the scale is the power of two that puts the largest sample into
     * [2^14, 2^15). A scale of 1 is not sent.
     *
     * @throws IllegalArgumentException for another type, or a NaN or infinite sample in other than FLOAT32
     */
    public byte[] write(SignalFields fields, float[] x, int at, ArrayType type) {
        int count = Math.multiplyExact(fields.n, fields.channels);
        float scale = switch (type) {
            case FLOAT32 -> 1f;
            case INT16 -> int16Scale(largest(x, at, count));
            case FLOAT16 -> halfScale(largest(x, at, count));
            default -> throw new IllegalArgumentException("signals have no samples of " + type
                + "; FLOAT32, FLOAT16 or INT16 is right");
        };
        begin(fields, scale);
        if (type == ArrayType.FLOAT32) {
            TypedArrayWriter.write(cbor, type, x, at, count);
        } else {
            scaled(type, scale, x, at, count);
        }
        end(fields);
        return cbor.toByteArray();
    }

    private void begin(SignalFields f, float scale) {
        boolean channels = f.channels != 1;
        cbor.reset();
        cbor.map(10 + one(f.hasT0) + one(channels) + one(scale != 1) + one(!f.unit.isEmpty())
            + one(!Float.isNaN(f.residual)) + one(!Float.isNaN(f.errorBound)));
        FieldWriter.identity(cbor, f.sensor, f.boot, f.seq);
        FieldWriter.time(cbor, f.hasT0, f.t0, f.rateNumerator, f.rateDenominator);
        cbor.unsigned(FieldKey.N);
        cbor.unsigned(f.n);
        if (channels) {
            cbor.unsigned(FieldKey.CHANNELS);
            cbor.unsigned(f.channels);
        }
        if (scale != 1) {
            FieldWriter.float32(cbor, FieldKey.SCALE, scale);
        }
        cbor.unsigned(FieldKey.X);
    }

    private void end(SignalFields f) {
        cbor.unsigned(FieldKey.MODEL);
        cbor.id(f.modelId);
        if (!f.unit.isEmpty()) {
            cbor.unsigned(FieldKey.UNIT);
            cbor.text(f.unit);
        }
        if (!Float.isNaN(f.residual)) {
            FieldWriter.float32(cbor, FieldKey.RESIDUAL, f.residual);
        }
        if (!Float.isNaN(f.errorBound)) {
            FieldWriter.float32(cbor, FieldKey.ERROR_BOUND, f.errorBound);
        }
        cbor.unsigned(FieldKey.LATENCY);
        cbor.unsigned(f.latencyMicros);
        cbor.unsigned(FieldKey.FLAGS);
        cbor.unsigned(f.flags);
    }

    private void scaled(ArrayType type, float scale, float[] x, int from, int count) {
        int at = TypedArrayWriter.begin(cbor, type, count);
        byte[] bytes = cbor.array();
        for (int i = 0; i < count; i++) {
            double element = x[from + i] / (double) scale;
            short bits = type == ArrayType.INT16 ? (short) Math.rint(element) : HalfFloat.fromFloat((float) element);
            TypedArrayView.SHORTS.set(bytes, at + 2 * i, bits);
        }
    }

    private static float largest(float[] x, int at, int count) {
        float largest = 0;
        for (int i = at; i < at + count; i++) {
            if (!Float.isFinite(x[i])) {
                throw new IllegalArgumentException("sample " + (i - at) + " is " + x[i]
                    + "; finite samples are right in other than FLOAT32");
            }
            largest = Math.max(largest, Math.abs(x[i]));
        }
        return largest;
    }

    private static float int16Scale(float largest) {
        if (largest == 0) {
            return 1;
        }
        float scale = largest / INT16_MAX;
        // Rounded up where rounding would push the largest sample over the top.
        return Math.rint(largest / (double) scale) > INT16_MAX || scale == 0 ? Math.nextUp(scale) : scale;
    }

    private static float halfScale(float largest) {
        if (largest == 0) {
            return 1;
        }
        int exponent = Math.max(Math.getExponent(largest) - HALF_TOP_EXPONENT, Float.MIN_EXPONENT);
        return Math.scalb(1f, exponent);
    }

    private static int one(boolean present) {
        return present ? 1 : 0;
    }
}
