package org.reluctor.opencl.operation;

/** IEEE 754 half precision, round to nearest, ties to even. */
final class HalfPrecision {
    /** The largest that is finite. */
    static final float LARGEST = 65504;

    private HalfPrecision() {
    }

    static short of(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & 0x8000;
        float size = Math.abs(value);
        if (Float.isNaN(value)) {
            return (short) (sign | 0x7E00);
        }
        if (size >= 65520f) {
            return (short) (sign | 0x7C00);
        }
        if (size < 0x1p-14f) {
            // Subnormal: a multiple of 2^-24, which Math.rint rounds as the standard asks.
            return (short) (sign | (int) Math.rint(size * 0x1p24));
        }
        int rounded = (bits & 0x7FFFFFFF) + 0xFFF + (bits >>> 13 & 1);
        return (short) (sign | (rounded >>> 13) - (112 << 10));
    }

    static float toFloat(short half) {
        int exponent = half >>> 10 & 0x1F;
        int mantissa = half & 0x3FF;
        float sign = half < 0 ? -1 : 1;
        if (exponent == 31) {
            return mantissa == 0 ? sign * Float.POSITIVE_INFINITY : Float.NaN;
        }
        return exponent == 0 ? sign * mantissa * 0x1p-24f : sign * Math.scalb(1 + mantissa * 0x1p-10f, exponent - 15);
    }
}
