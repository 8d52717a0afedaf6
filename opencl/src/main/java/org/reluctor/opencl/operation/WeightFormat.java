package org.reluctor.opencl.operation;

/**
 * How a device stores the weights of products. Arithmetic is float32 in every format: a weight is widened when it is
 * read, so that only its own rounding is lost. Half the bytes is up to twice the speed where memory is the limit.
 */
public enum WeightFormat {
    /** As the network has them. */
    FLOAT32(4, "vload16(0, c + weights + (o))", "c[weights + (o)]"),
    /** The upper half of a float32, rounded to nearest: 8 bits of mantissa, every range. */
    BFLOAT16(2, "as_float16(convert_uint16(vload16(0, (__global const ushort *)(c + weights) + (o))) << 16)",
            "as_float((uint)((__global const ushort *)(c + weights))[o] << 16)"),
    /** IEEE 754 half precision: 11 bits of mantissa, largest 65,504. */
    FLOAT16(2, "vload_half16(0, (__global const half *)(c + weights) + (o))",
            "vload_half(o, (__global const half *)(c + weights))"),
    /** Eight bits with one scale a row. */
    INT8(1, "convert_float16(vload16(0, (__global const char *)(c + weights) + (o)))",
            "(float)((__global const char *)(c + weights))[o]");

    private final int bytes;
    private final String vector;
    private final String scalar;

    WeightFormat(int bytes, String vector, String scalar) {
        this.bytes = bytes;
        this.vector = vector;
        this.scalar = scalar;
    }

    /**
     * The macros through which kernels read weights: WEIGHT_16, 16 of them at an offset; SCALED_16, a result times its
     * rows' scales; WEIGHT and SCALED, the same for one.
     */
    String macros() {
        String scaled = this == INT8 ? "((z) * vload16(0, c + scales + (row)))" : "(z)";
        return "#define WEIGHT_16(o) " + vector + "\n#define WEIGHT(o) " + scalar + "\n#define SCALED_16(z, row) "
                + scaled + "\n#define SCALED(z, row) " + (this == INT8 ? "((z) * c[scales + (row)])" : "(z)") + "\n";
    }

    /** Bytes of a weight. */
    public int bytes() {
        return bytes;
    }

    /** Whether a weight stays what it is but for rounding: none that is finite becomes an infinity. */
    public boolean holds(float weight) {
        return this == INT8 || Math.abs(weight) <= HalfPrecision.LARGEST || !Float.isFinite(weight)
                || Float.isFinite(rounded(weight, 1));
    }

    /** A weight as the device will compute with it. */
    float rounded(float weight, float scale) {
        return switch (this) {
            case FLOAT32 -> weight;
            case BFLOAT16 -> Float.intBitsToFloat(bfloat16(weight) << 16);
            case FLOAT16 -> HalfPrecision.toFloat(HalfPrecision.of(weight));
            case INT8 -> scale * int8(weight, scale);
            default -> throw new IllegalArgumentException(name());
        };
    }

    /** The stored bits of a weight, in the low {@link #bytes}. */
    int bits(float weight, float scale) {
        return switch (this) {
            case FLOAT32 -> Float.floatToRawIntBits(weight);
            case BFLOAT16 -> bfloat16(weight);
            case FLOAT16 -> HalfPrecision.of(weight) & 0xFFFF;
            case INT8 -> int8(weight, scale) & 0xFF;
            default -> throw new IllegalArgumentException(name());
        };
    }

    /** Round to nearest, ties to even; a NaN stays one. */
    private static int bfloat16(float weight) {
        int bits = Float.floatToRawIntBits(weight);
        if (Float.isNaN(weight)) {
            return bits >>> 16 | 0x40;
        }
        return bits + 0x7FFF + (bits >>> 16 & 1) >>> 16;
    }

    private static int int8(float weight, float scale) {
        return scale == 0 ? 0 : Math.max(-127, Math.min(127, Math.round(weight / scale)));
    }
}
