package org.reluctor.app.selftest;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.reluctor.network.Attributes;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.Operator;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;

/** Networks of one operator with shapes, attributes and operands drawn from a seed. */
public final class OperatorCases {
    private static final float[] ODD = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0f, -0f,
        Float.MIN_VALUE, -Float.MIN_VALUE, 1e-39f, -3e-40f, Float.MIN_NORMAL, 1f, -1f, 1e30f, -1e30f};
    /** Without the last two: their sums and squares tell of the order and the range of float32, not of the operator. */
    private static final int ODD_IN_SUMS = ODD.length - 2;

    private final NetworkBuilder builder;
    private final Random random;
    private final int odd;
    private int constants;

    private OperatorCases(Operator operator, long seed) {
        builder = new NetworkBuilder(operator.onnxName() + "-" + seed);
        random = new Random(seed * 31 + operator.onnxName().hashCode());
        odd = isOdd(seed) ? oddOnes(operator) : 0;
    }

    /** Every other seed has NaN, infinities, zeros of both signs and denormals among measurements and operands. */
    public static boolean isOdd(long seed) {
        return seed % 2 == 0;
    }

    private static int oddOnes(Operator operator) {
        return switch (operator) {
            case CONV, CONV_TRANSPOSE, GEMM, MATMUL, REDUCE_L2, REDUCE_MEAN, REDUCE_SUM -> ODD_IN_SUMS;
            default -> ODD.length;
        };
    }

    /** A network of that operator alone. */
    public static RecoveryNetwork network(Operator operator, long seed) {
        OperatorCases cases = new OperatorCases(operator, seed);
        cases.build(operator);
        return cases.builder.build();
    }

    /** Normally distributed, and every eighth of the odd kind if the seed is. */
    public static float[] measurements(Operator operator, long seed, int count) {
        Random random = new Random(seed * 17 + operator.onnxName().hashCode());
        float[] y = new float[count];
        for (int at = 0; at < count; at++) {
            y[at] = isOdd(seed) && random.nextInt(8) == 0 ? ODD[random.nextInt(oddOnes(operator))]
                    : (float) random.nextGaussian() * 2;
        }
        return y;
    }

    private void build(Operator operator) {
        switch (operator) {
            case ABS, IDENTITY, NEG, RELU, SIGMOID, SIGN, SQRT, TANH -> output(operator, Attributes.NONE, input());
            case ADD, DIV, MUL, SUB -> pair(operator);
            case MAX, MIN -> several(operator);
            case POW -> power();
            case CLIP -> clip();
            case LEAKY_RELU -> output(operator, attributes("alpha", gaussian()), input());
            case PRELU -> slope();
            case BATCH_NORMALIZATION -> normalization();
            case GEMM -> gemm();
            case MATMUL -> matMul();
            case CONV, CONV_TRANSPOSE -> builder.output(new ConvolutionCases(builder, random).convolution(operator),
                    "x");
            case REDUCE_L2, REDUCE_MAX, REDUCE_MEAN, REDUCE_SUM -> reduction(operator);
            default -> new MovementCases(builder, random).build(operator);
        }
    }

    private void output(Operator operator, Attributes attributes, Value... inputs) {
        builder.output(builder.apply(operator, attributes, inputs), "x");
    }

    static Attributes attributes(Object... namesAndValues) {
        Map<String, Object> values = new HashMap<>();
        for (int at = 0; at < namesAndValues.length; at += 2) {
            values.put((String) namesAndValues[at], namesAndValues[at + 1]);
        }
        return new Attributes(values);
    }

    private int upTo(int most) {
        return 1 + random.nextInt(most);
    }

    private float gaussian() {
        return (float) random.nextGaussian();
    }

    private int[] frame() {
        int[] dims = new int[upTo(4)];
        for (int axis = 0; axis < dims.length; axis++) {
            dims[axis] = upTo(7);
        }
        return dims;
    }

    private Value input(int... dims) {
        return builder.input("y", dims.length == 0 ? frame() : dims);
    }

    /** A constant that may hold odd numbers if the seed is odd. */
    private Value operand(int... dims) {
        return constant(odd > 0, dims);
    }

    private Value constant(boolean mayBeOdd, int... dims) {
        int count = 1;
        for (int dim : dims) {
            count *= dim;
        }
        float[] data = new float[count];
        for (int at = 0; at < count; at++) {
            data[at] = mayBeOdd && random.nextInt(8) == 0 ? ODD[random.nextInt(odd)] : gaussian();
        }
        return builder.constant("c" + constants++, data, dims);
    }

    /** A constant that stretches to x: some trailing dimensions of x, some of them 1. */
    private Value stretching(Value x) {
        int rank = random.nextInt(x.shape().rank());
        int[] dims = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            dims[axis] = random.nextBoolean() ? 1 : x.shape().dim(axis - rank);
        }
        return operand(dims);
    }

    private void pair(Operator operator) {
        Value x = input();
        switch (random.nextInt(4)) {
            case 0 -> output(operator, Attributes.NONE, x, stretching(x));
            case 1 -> output(operator, Attributes.NONE, stretching(x), x);
            case 2 -> output(operator, Attributes.NONE, x, builder.neg(x));
            default -> output(operator, Attributes.NONE, builder.slice(x, 1, 0, 1), x);
        }
    }

    private void several(Operator operator) {
        Value x = input();
        Value[] inputs = new Value[upTo(4)];
        for (int at = 0; at < inputs.length; at++) {
            inputs[at] = random.nextBoolean() ? stretching(x) : builder.neg(x);
        }
        inputs[random.nextInt(inputs.length)] = x;
        output(operator, Attributes.NONE, inputs);
    }

    private void power() {
        Value x = input();
        boolean whole = random.nextBoolean();
        Value exponent = whole ? builder.constant("p", new float[] {random.nextInt(7) - 2}) : stretching(x);
        output(Operator.POW, Attributes.NONE, random.nextBoolean() ? x : builder.abs(x), exponent);
    }

    private void clip() {
        float one = gaussian();
        float other = gaussian();
        Value x = input();
        switch (random.nextInt(4)) {
            case 0 -> output(Operator.CLIP, attributes("min", Math.min(one, other), "max", Math.max(one, other)), x);
            case 1 -> output(Operator.CLIP, attributes("min", one), x);
            case 2 -> output(Operator.CLIP, attributes("max", one), x);
            default -> output(Operator.CLIP, Attributes.NONE, x);
        }
    }

    private void slope() {
        Value x = input();
        output(Operator.PRELU, Attributes.NONE, x, constant(false, stretching(x).shape().toArray()));
    }

    private void normalization() {
        int[] dims = frame();
        Value x = input(dims);
        Value scale = constant(false, dims[0]);
        Value shift = constant(false, dims[0]);
        Value mean = constant(false, dims[0]);
        Value variance = builder.abs(constant(false, dims[0]));
        output(Operator.BATCH_NORMALIZATION, attributes("epsilon", random.nextBoolean() ? 1e-5f : 0.01f), x, scale,
                shift, mean, variance);
    }

    private void reduction(Operator operator) {
        Value x = input();
        int rank = x.shape().rank();
        long[] axes = random.ints(1, rank).distinct().limit(upTo(rank - 1)).asLongStream()
                .map(axis -> random.nextBoolean() ? axis : axis - rank).toArray();
        output(operator, attributes("axes", axes, "keepdims", (long) random.nextInt(2)), x);
    }

    private void gemm() {
        int inner = upTo(40);
        int columns = upTo(40);
        long transB = random.nextInt(2);
        Value b = transB == 0 ? constant(false, inner, columns) : constant(false, columns, inner);
        Attributes attributes = attributes("transB", transB, "alpha", gaussian(), "beta", gaussian());
        Value a = input(inner);
        switch (random.nextInt(4)) {
            case 0 -> output(Operator.GEMM, attributes, a, b);
            case 1 -> output(Operator.GEMM, attributes, a, b, constant(false, columns));
            case 2 -> output(Operator.GEMM, attributes, a, b, constant(false, 1, 1));
            default -> output(Operator.GEMM, attributes, a, b, builder.relu(builder.gemm(a, b, null, transB == 1)));
        }
    }

    private void matMul() {
        int rows = upTo(9);
        int inner = upTo(30);
        int columns = upTo(9);
        int stack = upTo(3);
        switch (random.nextInt(6)) {
            case 0 -> output(Operator.MATMUL, Attributes.NONE, input(inner), constant(false, inner, columns));
            case 1 -> output(Operator.MATMUL, Attributes.NONE, input(rows, inner), constant(false, inner, columns));
            case 2 -> output(Operator.MATMUL, Attributes.NONE, constant(false, rows, inner), input(inner, columns));
            case 3 -> output(Operator.MATMUL, Attributes.NONE, input(stack, rows, inner),
                    constant(false, stack, inner, columns));
            case 4 -> output(Operator.MATMUL, Attributes.NONE, constant(false, stack, rows, inner),
                    input(1, inner, columns));
            default -> {
                Value y = input(rows * inner + inner * columns);
                output(Operator.MATMUL, Attributes.NONE,
                        builder.reshape(builder.slice(y, 1, 0, (long) rows * inner), 0, rows, inner),
                        builder.reshape(builder.slice(y, 1, (long) rows * inner, Integer.MAX_VALUE), 0, inner,
                                columns));
            }
        }
    }
}
