package org.reluctor.stream.codec;

/** The element types of the typed arrays (RFC 8746, all little-endian) that frames and signals carry. */
public enum ArrayType {
    /** binary32. */
    FLOAT32(85, 4),
    /** binary16. */
    FLOAT16(84, 2),
    /** Signed 16-bit integers. */
    INT16(77, 2),
    /** Unsigned 16-bit integers. */
    UINT16(69, 2),
    /** Signed 32-bit integers. */
    INT32(78, 4),
    /** Signed 8-bit integers. */
    INT8(72, 1);

    private final int tag;
    private final int elementBytes;

    ArrayType(int tag, int elementBytes) {
        this.tag = tag;
        this.elementBytes = elementBytes;
    }

    /** The CBOR tag. */
    public int tag() {
        return tag;
    }

    /** Bytes of one element. */
    public int elementBytes() {
        return elementBytes;
    }

    /** Whether the elements are floats, which may be NaN or infinite. */
    public boolean isFloat() {
        return this == FLOAT32 || this == FLOAT16;
    }

    /** The type with this tag, or null; allocates nothing. */
    static ArrayType of(long tag) {
        if (tag == 85) {
            return FLOAT32;
        } else if (tag == 84) {
            return FLOAT16;
        } else if (tag == 77) {
            return INT16;
        } else if (tag == 69) {
            return UINT16;
        } else if (tag == 78) {
            return INT32;
        }
        return tag == 72 ? INT8 : null;
    }
}
