package org.reluctor.network;

import java.nio.ByteBuffer;

/** Element types of a .npy file that are read, by NumPy's name. */
enum NpyElement {
    F4("<f4", 4), F8("<f8", 8), I1("|i1", 1), U1("|u1", 1), I2("<i2", 2), U2("<u2", 2), I4("<i4", 4);

    private final String description;
    private final int bytes;

    NpyElement(String description, int bytes) {
        this.description = description;
        this.bytes = bytes;
    }

    int bytes() {
        return bytes;
    }

    /**
     * The type of a header's {@code descr}; '&lt;' before one-byte types is the same as '|'.
     *
     * @throws IllegalArgumentException with the reason why another cannot be read
     */
    static NpyElement of(String description) {
        for (NpyElement element : values()) {
            boolean oneByte = element.bytes == 1 && description.equals("<" + element.description.substring(1));
            if (element.description.equals(description) || oneByte) {
                return element;
            }
        }
        throw new IllegalArgumentException("the elements are " + Quote.of(description) + reason(description)
                + "; '<f4', '<f8', '|i1', '|u1', '<i2', '<u2' and '<i4' are read: save it with"
                + " numpy.save(file, array.astype('<f4'))");
    }

    private static String reason(String description) {
        if (description.startsWith("|O")) {
            return ", Python objects, which are never loaded";
        }
        return description.startsWith(">") ? ", big-endian" : "";
    }

    /** The next element of a little-endian buffer as float32. */
    float next(ByteBuffer from, int index) {
        return switch (this) {
            case F4 -> from.getFloat();
            case F8 -> narrowed(from.getDouble(), index);
            case I1 -> from.get();
            case U1 -> from.get() & 0xFF;
            case I2 -> from.getShort();
            case U2 -> from.getShort() & 0xFFFF;
            case I4 -> from.getInt();
        };
    }

    private static float narrowed(double value, int index) {
        float narrow = (float) value;
        if (Float.isInfinite(narrow) && Double.isFinite(value)) {
            throw new IllegalArgumentException("element " + index + " is " + value + ", beyond float32");
        }
        return narrow;
    }
}
