package org.reluctor.network;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * Operators that treat every element alike, in float64: one small method each where the formula needs one.
 * Not-a-number passes through everything: Relu, Sign, Clip, Max and Min included, whatever the other operand is (ONNX
 * Runtime's do the same). Infinities and zeros go by IEEE 754: 1/0 is infinite, Sqrt(-0) is -0, and
 * Sqrt of less is not a number. Which zero Relu, Clip, Max and Min give where both would do is left open to devices.
 */
final class ReferenceArithmetic {
    private ReferenceArithmetic() {
    }

    /** The output of one node; {@code dims} are its dimensions as {@link ShapeInference} found them. */
    static ReferenceTensor apply(Operator operator, Attributes attributes, List<ReferenceTensor> inputs, int[] dims) {
        ReferenceTensor x = inputs.get(0);
        return switch (operator) {
            case ABS -> each(x, Math::abs);
            case FLOOR -> each(x, Math::floor);
            case NEG -> each(x, value -> -value);
            case RELU -> each(x, ReferenceArithmetic::relu);
            case SIGMOID -> each(x, ReferenceArithmetic::sigmoid);
            case SIGN -> each(x, ReferenceArithmetic::sign);
            case SQRT -> each(x, Math::sqrt);
            case TANH -> each(x, Math::tanh);
            case CLIP -> clip(x, attributes);
            case LEAKY_RELU -> leakyRelu(x, attributes.real("alpha", 0.01f));
            case ADD -> pairs(x, inputs.get(1), dims, (a, b) -> a + b);
            case SUB -> pairs(x, inputs.get(1), dims, (a, b) -> a - b);
            case MUL -> pairs(x, inputs.get(1), dims, (a, b) -> a * b);
            case DIV -> pairs(x, inputs.get(1), dims, (a, b) -> a / b);
            case POW -> pairs(x, inputs.get(1), dims, ReferenceArithmetic::power);
            case PRELU -> pairs(x, inputs.get(1), dims, ReferenceArithmetic::prelu);
            case MAX -> all(inputs, dims, Math::max);
            case MIN -> all(inputs, dims, Math::min);
            case BATCH_NORMALIZATION -> normalize(inputs, attributes.real("epsilon", 1e-5f));
            default -> throw new IllegalArgumentException(operator.onnxName() + " has no arithmetic");
        };
    }

    /** max(x, 0); NaN stays NaN, and -0 becomes +0. */
    static double relu(double x) {
        return x <= 0 ? 0.0 : x;
    }

    /** -1, 0 or 1; NaN stays NaN, and a zero keeps its sign (which compares equal to 0 either way). */
    static double sign(double x) {
        return Math.signum(x);
    }

    /** 1 / (1 + e^-x): 0 at -∞, 1 at +∞. */
    static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    /** x where it is 0 and more, else slope · x. An infinite slope makes a zero of neither sign not-a-number. */
    static double prelu(double x, double slope) {
        return x < 0 ? slope * x : x;
    }

    /** x to the power y as C and IEEE 754 have it: 1 to any power is 1, even to not-a-number, and so is (-1) to ±∞. */
    static double power(double x, double y) {
        boolean one = x == 1 || x == -1 && Double.isInfinite(y);
        return one ? 1 : Math.pow(x, y);
    }

    private static ReferenceTensor leakyRelu(ReferenceTensor x, double alpha) {
        return each(x, value -> prelu(value, alpha));
    }

    /** min(max(x, least), most): where the bounds cross, the upper one holds. NaN stays NaN. */
    private static ReferenceTensor clip(ReferenceTensor x, Attributes bounds) {
        double least = bounds.real("min", -Float.MAX_VALUE);
        double most = bounds.real("max", Float.MAX_VALUE);
        return each(x, value -> Math.min(Math.max(value, least), most));
    }

    /** (x - mean) / √(variance + epsilon) · scale + shift, each with the element of x's channel (dimension 1). */
    private static ReferenceTensor normalize(List<ReferenceTensor> inputs, double epsilon) {
        ReferenceTensor x = inputs.get(0);
        double[] result = new double[x.data().length];
        int channels = x.dim(1);
        int inner = result.length / (x.dim(0) * channels);
        for (int at = 0; at < result.length; at++) {
            int channel = at / inner % channels;
            double spread = Math.sqrt(inputs.get(4).data()[channel] + epsilon);
            result[at] = (x.data()[at] - inputs.get(3).data()[channel]) / spread * inputs.get(1).data()[channel]
                    + inputs.get(2).data()[channel];
        }
        return new ReferenceTensor(x.dims(), result);
    }

    static ReferenceTensor each(ReferenceTensor x, DoubleUnaryOperator function) {
        return new ReferenceTensor(x.dims(), Arrays.stream(x.data()).map(function).toArray());
    }

    static ReferenceTensor pairs(ReferenceTensor a, ReferenceTensor b, int[] dims, DoubleBinaryOperator function) {
        BroadcastWalk left = new BroadcastWalk(a.dims(), dims);
        BroadcastWalk right = new BroadcastWalk(b.dims(), dims);
        double[] result = new double[elements(dims)];
        for (int at = 0; at < result.length; at++) {
            result[at] = function.applyAsDouble(a.data()[left.next()], b.data()[right.next()]);
        }
        return new ReferenceTensor(dims, result);
    }

    /** The inputs from left to right, all stretched to {@code dims}. */
    private static ReferenceTensor all(List<ReferenceTensor> inputs, int[] dims, DoubleBinaryOperator function) {
        ReferenceTensor result = inputs.get(0);
        for (ReferenceTensor input : inputs.subList(1, inputs.size())) {
            result = pairs(result, input, dims, function);
        }
        return result;
    }

    static int elements(int[] dims) {
        return Math.toIntExact(ReshapeRule.product(dims, 0, dims.length));
    }
}
