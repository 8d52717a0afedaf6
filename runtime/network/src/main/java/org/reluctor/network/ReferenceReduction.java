package org.reluctor.network;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;

/**
 * Reductions in float64, elements taken in row-major order. Not-a-number anywhere among them makes the result one;
 * the largest of nothing but -∞ is -∞.
 */
final class ReferenceReduction {
    private ReferenceReduction() {
    }

    static ReferenceTensor sum(ReferenceTensor x, Attributes attributes, int[] dims) {
        return reduce(x, attributes, dims, 0, Double::sum);
    }

    /** The sum over the number of elements. */
    static ReferenceTensor mean(ReferenceTensor x, Attributes attributes, int[] dims) {
        double count = (double) x.data().length / ReferenceArithmetic.elements(dims);
        return ReferenceArithmetic.each(sum(x, attributes, dims), total -> total / count);
    }

    static ReferenceTensor max(ReferenceTensor x, Attributes attributes, int[] dims) {
        return reduce(x, attributes, dims, Double.NEGATIVE_INFINITY, Math::max);
    }

    /** √Σx². */
    static ReferenceTensor l2(ReferenceTensor x, Attributes attributes, int[] dims) {
        return ReferenceArithmetic.each(reduce(x, attributes, dims, 0, (total, value) -> total + value * value),
                Math::sqrt);
    }

    private static ReferenceTensor reduce(ReferenceTensor x, Attributes attributes, int[] dims, double start,
            DoubleBinaryOperator step) {
        int[] kept = x.dims().clone();
        for (long axis : attributes.integers("axes")) {
            kept[(int) axis] = 1;
        }
        double[] result = new double[ReferenceArithmetic.elements(dims)];
        Arrays.fill(result, start);
        BroadcastWalk target = new BroadcastWalk(kept, x.dims());
        for (double value : x.data()) {
            int at = target.next();
            result[at] = step.applyAsDouble(result[at], value);
        }
        return new ReferenceTensor(dims, result);
    }
}
