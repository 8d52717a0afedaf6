package org.reluctor.stream.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A typed array where it lies in a payload; reusable, allocates nothing. Values are scale·element + offset. */
final class TypedArrayView {
    static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle FLOATS = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

    /** No integer element is larger than this in size. */
    private static final double LARGEST_INTEGER = 0x1p31;

    private byte[] bytes;
    private int start;
    private int count;
    private ArrayType type;

    void set(byte[] bytes, int start, int count, ArrayType type) {
        this.bytes = bytes;
        this.start = start;
        this.count = count;
        this.type = type;
    }

    void clear() {
        set(null, 0, 0, null);
    }

    int count() {
        return count;
    }

    ArrayType type() {
        return type;
    }

    /**
     * Writes the values to {@code into} from index {@code at}. Each is computed in float64 and rounded once, so that
     * it does not depend on whether a machine fuses multiplication and addition.
     */
    void values(double scale, double offset, float[] into, int at) {
        if (count == 0) {
            return;
        }
        switch (type) {
            case FLOAT32 -> float32(scale, offset, into, at);
            case FLOAT16 -> float16(scale, offset, into, at);
            case INT16 -> int16(scale, offset, into, at);
            case UINT16 -> uint16(scale, offset, into, at);
            case INT32 -> int32(scale, offset, into, at);
            case INT8 -> int8(scale, offset, into, at);
            default -> throw new AssertionError(type);
        }
    }

    private void float32(double scale, double offset, float[] into, int at) {
        byte[] from = bytes;
        int position = start;
        for (int i = at; i < at + count; i++, position += 4) {
            into[i] = (float) (scale * (float) FLOATS.get(from, position) + offset);
        }
    }

    private void float16(double scale, double offset, float[] into, int at) {
        byte[] from = bytes;
        int position = start;
        for (int i = at; i < at + count; i++, position += 2) {
            into[i] = (float) (scale * HalfFloat.toFloat((short) SHORTS.get(from, position)) + offset);
        }
    }

    private void int16(double scale, double offset, float[] into, int at) {
        byte[] from = bytes;
        int position = start;
        for (int i = at; i < at + count; i++, position += 2) {
            into[i] = (float) (scale * (short) SHORTS.get(from, position) + offset);
        }
    }

    private void uint16(double scale, double offset, float[] into, int at) {
        byte[] from = bytes;
        int position = start;
        for (int i = at; i < at + count; i++, position += 2) {
            into[i] = (float) (scale * ((short) SHORTS.get(from, position) & 0xffff) + offset);
        }
    }

    private void int32(double scale, double offset, float[] into, int at) {
        byte[] from = bytes;
        int position = start;
        for (int i = at; i < at + count; i++, position += 4) {
            into[i] = (float) (scale * (int) INTS.get(from, position) + offset);
        }
    }

    private void int8(double scale, double offset, float[] into, int at) {
        byte[] from = bytes;
        int position = start;
        for (int i = at; i < at + count; i++, position++) {
            into[i] = (float) (scale * from[position] + offset);
        }
    }

    /** The element at {@code index} before scale and offset; for sentences about it. */
    double element(int index) {
        int position = start + index * type.elementBytes();
        return switch (type) {
            case FLOAT32 -> (float) FLOATS.get(bytes, position);
            case FLOAT16 -> HalfFloat.toFloat((short) SHORTS.get(bytes, position));
            case INT16 -> (short) SHORTS.get(bytes, position);
            case UINT16 -> (short) SHORTS.get(bytes, position) & 0xffff;
            case INT32 -> (int) INTS.get(bytes, position);
            case INT8 -> bytes[position];
        };
    }

    /** The index of the first value that is NaN or infinite as a float32, or −1. */
    int firstNotFinite(double scale, double offset) {
        double largest = type.isFloat() ? HalfFloat.MAX_VALUE : LARGEST_INTEGER;
        boolean roomForAny = Math.abs(scale) * largest + Math.abs(offset) <= Float.MAX_VALUE;
        boolean sureOfElements = switch (type) {
            case FLOAT32 -> scale == 1 && offset == 0 && allFinite32();
            case FLOAT16 -> roomForAny && allFinite16();
            default -> roomForAny;
        };
        return sureOfElements ? -1 : searchNotFinite(scale, offset);
    }

    private boolean allFinite32() {
        byte[] from = bytes;
        boolean finite = true;
        for (int position = start; position < start + 4 * count; position += 4) {
            finite &= ((int) INTS.get(from, position) & 0x7f800000) != 0x7f800000;
        }
        return finite;
    }

    private boolean allFinite16() {
        byte[] from = bytes;
        boolean finite = true;
        for (int position = start; position < start + 2 * count; position += 2) {
            finite &= ((short) SHORTS.get(from, position) & 0x7c00) != 0x7c00;
        }
        return finite;
    }

    private int searchNotFinite(double scale, double offset) {
        for (int i = 0; i < count; i++) {
            if (!Float.isFinite((float) (scale * element(i) + offset))) {
                return i;
            }
        }
        return -1;
    }
}
