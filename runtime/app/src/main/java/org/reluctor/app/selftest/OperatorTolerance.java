package org.reluctor.app.selftest;

import java.util.function.DoublePredicate;
import org.reluctor.network.Operator;

/**
 * How near an operator's float32 results must come to float64: the one place for each operator's tolerance. Denormal
 * results may be flushed to zero everywhere, so whatever is below the smallest normal number is right.
 *
 * @param ofElement share of the element's own size
 * @param ofLargest share of the largest finite element of the output, for sums whose terms may cancel
 */
public record OperatorTolerance(double ofElement, double ofLargest) {
    /** Half a unit in the last place of float32. */
    private static final double ROUNDING = 0x1p-24;

    /** The tolerance of that operator, which must be one that stands in networks. */
    public static OperatorTolerance of(Operator operator) {
        return switch (operator) {
            case ABS, CLIP, CONCAT, DEPTH_TO_SPACE, EXPAND, FLATTEN, IDENTITY, MAX, MIN, NEG, PAD, REDUCE_MAX, RELU,
                    RESHAPE, SIGN, SLICE, SPACE_TO_DEPTH, SPLIT, SQUEEZE, TRANSPOSE, UNSQUEEZE ->
                    new OperatorTolerance(0, 0);
            case ADD, LEAKY_RELU, MUL, PRELU, SUB -> new OperatorTolerance(1.01 * ROUNDING, 0);
            // OpenCL allows a square root 3, a division 2.5 and a power 16 units in the last place.
            case DIV, SQRT -> new OperatorTolerance(6 * ROUNDING, 0);
            case POW -> new OperatorTolerance(32 * ROUNDING, 0);
            case SIGMOID, TANH -> new OperatorTolerance(8 * ROUNDING, 8 * ROUNDING);
            case BATCH_NORMALIZATION -> new OperatorTolerance(8 * ROUNDING, 8 * ROUNDING);
            case REDUCE_L2, REDUCE_MEAN, REDUCE_SUM -> new OperatorTolerance(8 * ROUNDING, 16 * ROUNDING);
            case CONV, CONV_TRANSPOSE, GEMM, MATMUL -> new OperatorTolerance(8 * ROUNDING, 32 * ROUNDING);
            default -> throw new IllegalArgumentException(operator + " never stands in a network");
        };
    }

    /**
     * The largest error as a share of what is tolerated: at most 1 is right. Infinities must be equal, and NaN, too,
     * where the right result counts.
     */
    public double excess(double[] expected, float[] actual, DoublePredicate counts) {
        if (expected.length != actual.length) {
            return Double.POSITIVE_INFINITY;
        }
        double[] allowed = allowed(expected);
        double worst = 0;
        for (int at = 0; at < actual.length; at++) {
            worst = counts.test(expected[at]) ? Math.max(worst, excess(expected[at], actual[at], allowed[at])) : worst;
        }
        return worst;
    }

    /** How far each finite element may be from the right one. */
    public double[] allowed(double[] expected) {
        double largest = 0;
        for (double element : expected) {
            largest = Double.isFinite((float) element) ? Math.max(largest, Math.abs(element)) : largest;
        }
        double[] allowed = new double[expected.length];
        for (int at = 0; at < allowed.length; at++) {
            allowed[at] = ofElement * Math.abs(expected[at]) + ofLargest * largest + Float.MIN_NORMAL;
        }
        return allowed;
    }

    private static double excess(double expected, float actual, double allowed) {
        float rounded = (float) expected;
        if (Float.isNaN(rounded) || Float.isInfinite(rounded)) {
            return Float.compare(rounded, actual) == 0 ? 0 : Double.POSITIVE_INFINITY;
        }
        return Double.isFinite(actual) ? Math.abs(actual - expected) / allowed : Double.POSITIVE_INFINITY;
    }
}
