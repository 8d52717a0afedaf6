package org.reluctor.stream.codec;

/** IEEE 754 binary16 to and from binary32; Java 17 has no such conversion of its own. */
public final class HalfFloat {
    /** The largest finite half float, 65504. */
    public static final float MAX_VALUE = 65504f;

    private static final float HALF_MIN_NORMAL = 0x1p-14f;
    /** Halfway between the largest finite half float and 2^16: from here on, rounding gives infinity. */
    private static final float ROUNDS_TO_INFINITY = 65520f;
    private static final int EXPONENT_DIFFERENCE = 127 - 15;

    private HalfFloat() {
    }

    /** The value of the half float with these bits; exact. */
    public static float toFloat(short half) {
        int sign = (half & 0x8000) << 16;
        int exponent = half >>> 10 & 0x1f;
        int fraction = half & 0x3ff;
        if (exponent == 0) {
            return Float.intBitsToFloat(sign | Float.floatToRawIntBits(fraction * 0x1p-24f));
        }
        int wide = exponent == 0x1f ? 0xff : exponent + EXPONENT_DIFFERENCE;
        return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
    }

    /** The bits of the half float nearest to {@code value}, ties to even; NaN becomes the quiet NaN 0x7e00. */
    public static short fromFloat(float value) {
        if (Float.isNaN(value)) {
            return 0x7e00;
        }
        int sign = Float.floatToRawIntBits(value) >>> 16 & 0x8000;
        float size = Math.abs(value);
        if (size >= ROUNDS_TO_INFINITY) {
            return (short) (sign | 0x7c00);
        }
        if (size < HALF_MIN_NORMAL) {
            // A carry out of the fraction gives the smallest normal number, as it should.
            return (short) (sign | (int) Math.rint(size * 0x1p24f));
        }
        int bits = Float.floatToRawIntBits(size);
        int rounded = bits + 0xfff + (bits >>> 13 & 1);
        return (short) (sign | (rounded >>> 13) - (EXPONENT_DIFFERENCE << 10));
    }
}
