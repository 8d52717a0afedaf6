package org.reluctor.stream.codec;

/**
 * Writes frames of version 1, as sensors send them. The array's length is written as given, whatever m and channels
 * say; a reader compares them. Confined to one thread at a time; each call allocates its result and no more.
 */
public final class FrameWriter {
    private static final int TYPICAL_BYTES = 1024;
    private static final float[] NONE = new float[0];

    private final CborWriter cbor = new CborWriter(TYPICAL_BYTES);

    /** A writer for any number of frames. */
    public FrameWriter() {
        // Nothing to configure.
    }

    /** A frame of 16-bit integers, tag 77: [channels][m]. */
    public byte[] write(FrameFields fields, short[] y) {
        begin(fields, false);
        TypedArrayWriter.write(cbor, y);
        return cbor.toByteArray();
    }

    /** A frame of 32-bit floats, tag 85: [channels][m]. */
    public byte[] write(FrameFields fields, float[] y) {
        return write(fields, ArrayType.FLOAT32, y, NONE);
    }

    /** A frame of integers in the given type: [channels][m]. */
    public byte[] write(FrameFields fields, ArrayType type, int[] y) {
        begin(fields, false);
        TypedArrayWriter.write(cbor, type, y);
        return cbor.toByteArray();
    }

    /**
     * A frame of any type, with held-out measurements if there are any.
     *
     * @param type    element type of both arrays; floats are rounded to it, integers must be whole and in range
     * @param y       raw elements, before scale and offset: [channels][m]
     * @param heldOut raw elements of the held-out rows: [channels][rows]; empty for none
     * @throws IllegalArgumentException if an element does not fit an integer type
     */
    public byte[] write(FrameFields fields, ArrayType type, float[] y, float[] heldOut) {
        begin(fields, heldOut.length > 0);
        TypedArrayWriter.write(cbor, type, y, 0, y.length);
        if (heldOut.length > 0) {
            cbor.unsigned(FieldKey.HELD_OUT);
            TypedArrayWriter.write(cbor, type, heldOut, 0, heldOut.length);
            cbor.unsigned(FieldKey.HELD_OUT_ROWS);
            cbor.array(2);
            cbor.unsigned(fields.heldOutSeed());
            cbor.unsigned(heldOut.length / Math.max(1, fields.channels()));
        }
        return cbor.toByteArray();
    }

    private void begin(FrameFields f, boolean heldOut) {
        boolean channels = f.channels() != 1;
        boolean scale = f.scale() != 1;
        boolean offset = f.offset() != 0;
        cbor.reset();
        cbor.map(9 + one(f.hasT0()) + one(channels) + one(scale) + one(offset) + (heldOut ? 2 : 0));
        FieldWriter.identity(cbor, f.sensor(), f.boot(), f.seq());
        FieldWriter.time(cbor, f.hasT0(), f.t0(), f.rateNumerator(), f.rateDenominator());
        cbor.unsigned(FieldKey.MATRIX);
        cbor.id(f.matrixId());
        cbor.unsigned(FieldKey.N);
        cbor.integer(f.n());
        cbor.unsigned(FieldKey.M);
        cbor.integer(f.m());
        if (channels) {
            cbor.unsigned(FieldKey.CHANNELS);
            cbor.integer(f.channels());
        }
        if (scale) {
            FieldWriter.float32(cbor, FieldKey.SCALE, f.scale());
        }
        if (offset) {
            FieldWriter.float32(cbor, FieldKey.OFFSET, f.offset());
        }
        cbor.unsigned(FieldKey.Y);
    }

    private static int one(boolean present) {
        return present ? 1 : 0;
    }
}
