package org.reluctor.stream.codec;

/** Writes tagged typed arrays (RFC 8746, little-endian) from numbers in Java's types; allocates nothing. */
final class TypedArrayWriter {
    private TypedArrayWriter() {
    }

    /** Elements as they are; for integer types each must be a whole number in range. */
    static void write(CborWriter to, ArrayType type, float[] elements, int from, int count) {
        int at = begin(to, type, count);
        byte[] bytes = to.array();
        if (type == ArrayType.FLOAT32) {
            // Raw bits through the integer view: NaN payloads survive, and the loop is the one that compiles well.
            for (int i = from, position = at; i < from + count; i++, position += 4) {
                TypedArrayView.INTS.set(bytes, position, Float.floatToRawIntBits(elements[i]));
            }
        } else if (type == ArrayType.FLOAT16) {
            for (int i = 0; i < count; i++) {
                TypedArrayView.SHORTS.set(bytes, at + 2 * i, HalfFloat.fromFloat(elements[from + i]));
            }
        } else {
            for (int i = 0; i < count; i++) {
                integer(bytes, at + i * type.elementBytes(), type, whole(type, elements[from + i]));
            }
        }
    }

    /** Elements as they are; each must be in the range of the integer type. */
    static void write(CborWriter to, ArrayType type, int[] elements) {
        int at = begin(to, type, elements.length);
        for (int i = 0; i < elements.length; i++) {
            integer(to.array(), at + i * type.elementBytes(), type, elements[i]);
        }
    }

    static void write(CborWriter to, short[] elements) {
        int at = begin(to, ArrayType.INT16, elements.length);
        for (int i = 0; i < elements.length; i++) {
            TypedArrayView.SHORTS.set(to.array(), at + 2 * i, elements[i]);
        }
    }

    /** Tag and head of an array of {@code count} elements; returns the index of the first in the writer's array. */
    static int begin(CborWriter to, ArrayType type, int count) {
        to.tag(type.tag());
        return to.bytes(Math.multiplyExact(count, type.elementBytes()));
    }

    private static void integer(byte[] bytes, int at, ArrayType type, int element) {
        switch (type) {
            case INT8 -> bytes[at] = (byte) inRange(type, element, Byte.MIN_VALUE, Byte.MAX_VALUE);
            case INT16 -> TypedArrayView.SHORTS.set(bytes, at,
                (short) inRange(type, element, Short.MIN_VALUE, Short.MAX_VALUE));
            case UINT16 -> TypedArrayView.SHORTS.set(bytes, at, (short) inRange(type, element, 0, 0xffff));
            case INT32 -> TypedArrayView.INTS.set(bytes, at, element);
            default -> throw new IllegalArgumentException(type + " holds no integers; an integer type is right");
        }
    }

    private static int whole(ArrayType type, float element) {
        if (element != (int) element || element == 0x1p31f) {
            throw new IllegalArgumentException(element + " is no whole number that " + type + " holds");
        }
        return (int) element;
    }

    private static int inRange(ArrayType type, int element, int low, int high) {
        if (element < low || element > high) {
            throw new IllegalArgumentException(element + " does not fit " + type + ", " + low + " to " + high);
        }
        return element;
    }
}
