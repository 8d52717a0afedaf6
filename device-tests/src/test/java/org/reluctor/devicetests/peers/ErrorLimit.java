package org.reluctor.devicetests.peers;

import org.reluctor.opencl.operation.WeightFormat;

/**
 * How far from float64 a network's signals may be, ‖x − x₆₄‖/‖x₆₄‖, by what is left of its weights: a format's own
 * rounding, and room for what float32 sums over some dozens of layers add to it.
 */
final class ErrorLimit {
    private ErrorLimit() {
    }

    /** The limit for weights stored so. */
    static double of(WeightFormat weights) {
        return switch (weights) {
            case FLOAT32 -> 5e-6;
            case BFLOAT16 -> 1e-2;
            case FLOAT16 -> 5e-4;
            case INT8 -> 3e-2;
            default -> throw new IllegalArgumentException(weights.name());
        };
    }
}
