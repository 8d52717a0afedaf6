package org.reluctor.opencl.sequence;

/** Numbers as OpenCL C, to the bit, but that every NaN is the same. */
final class Literals {
    private Literals() {
    }

    static String of(Number number) {
        if (!(number instanceof Float)) {
            return number.toString();
        }
        float value = number.floatValue();
        if (Float.isNaN(value)) {
            return "NAN";
        }
        if (Float.isInfinite(value)) {
            return value > 0 ? "INFINITY" : "-INFINITY";
        }
        return Float.toHexString(value) + "f";
    }
}
