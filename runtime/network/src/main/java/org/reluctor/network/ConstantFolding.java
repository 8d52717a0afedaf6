package org.reluctor.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Computes nodes whose inputs are all constant, once, so that every node left in a graph depends on the measurements.
 * Floats in float64, rounded once to float32; integers as {@link IntegerFolding} says. A small file could ask for
 * years of such work; a budget refuses that.
 */
final class ConstantFolding {
    /** Multiply-adds (or single operations) that all folded nodes of one graph may need together: seconds. */
    static final long WORK_LIMIT = 1L << 31;
    /** Elements that all folded constants of one graph may hold together, beyond a multiple of those it came with. */
    static final long ELEMENT_LIMIT = 1L << 22;
    /** So that weights may be turned, scaled and cut, whatever their size, but nothing is made large out of nothing. */
    private static final int MOST_COPIES = 4;

    private long work;
    private long elements;
    private long given;

    /** Counts a constant that the graph came with. */
    void give(Value constant) {
        given += constant.shape().frameElements();
    }

    /** Whether the call can be computed now. */
    static boolean applies(Call call) {
        return call.operator() == Operator.SHAPE || call.inputs().stream().allMatch(Value::isConstant);
    }

    /** The outputs of a settled call as constants. Results that only rename share their input's array. */
    List<Value> fold(Call call, List<String> names, List<Shape> shapes) {
        Value first = call.inputs().get(0);
        switch (call.operator()) {
            case FLATTEN, IDENTITY, RESHAPE, SQUEEZE, UNSQUEEZE -> {
                return List.of(first.integers() != null
                        ? Value.constant(names.get(0), shapes.get(0), first.integers())
                        : Value.constant(names.get(0), shapes.get(0), first.floats()));
            }
            default -> { }
        }
        try {
            for (Value input : call.inputs()) {
                // Even a result of one element is computed from copies of all inputs.
                charge(0, input == null || !input.isConstant() ? 0 : input.shape().frameElements());
            }
            for (Shape shape : shapes) {
                charge(shape.frameElements(), shape.frameElements() * inner(call));
            }
            return compute(call, names, shapes);
        } catch (ArithmeticException outOfRange) {
            throw new IllegalArgumentException("computes with integers and leaves their range: "
                    + outOfRange.getMessage(), outOfRange);
        }
    }

    private void charge(long results, long operations) {
        elements += results;
        work += operations;
        if (elements > ELEMENT_LIMIT + MOST_COPIES * given || work > WORK_LIMIT || work < 0) {
            throw new IllegalArgumentException("is one of the nodes that compute with constants only, and these are"
                    + " together too much work to do on loading; compute them when the network is exported");
        }
    }

    private static List<Value> compute(Call call, List<String> names, List<Shape> shapes) {
        boolean integers = call.operator() == Operator.SHAPE || call.inputs().get(0).integers() != null;
        return switch (call.operator()) {
            case CAST -> List.of(cast(call, names.get(0), shapes.get(0)));
            case CONSTANT_OF_SHAPE -> List.of(filled(call, names.get(0), shapes.get(0)));
            case CONCAT, EXPAND, GATHER, SLICE, SPLIT, TRANSPOSE -> integers ? moved(call, names, shapes)
                    : computed(call, names, shapes);
            default -> integers ? List.of(Value.constant(names.get(0), shapes.get(0),
                    IntegerFolding.compute(call, shapes.get(0)))) : computed(call, names, shapes);
        };
    }

    private static List<Value> computed(Call call, List<String> names, List<Shape> shapes) {
        List<ReferenceTensor> inputs = new ArrayList<>();
        call.inputs().forEach(input -> inputs.add(input.floats() == null ? null : ReferenceTensor.of(input)));
        List<ReferenceTensor> results = ReferenceOperators.apply(call, inputs,
                shapes.stream().map(Shape::toArray).toList());
        List<Value> values = new ArrayList<>();
        for (int output = 0; output < results.size(); output++) {
            values.add(Value.constant(names.get(output), shapes.get(output), rounded(results.get(output).data())));
        }
        return values;
    }

    private static float[] rounded(double[] exact) {
        float[] rounded = new float[exact.length];
        for (int at = 0; at < exact.length; at++) {
            rounded[at] = (float) exact[at];
        }
        return rounded;
    }

    private static List<Value> moved(Call call, List<String> names, List<Shape> shapes) {
        List<Value> values = new ArrayList<>();
        for (int output = 0; output < shapes.size(); output++) {
            values.add(Value.constant(names.get(output), shapes.get(output), moved(call, output, shapes.get(output))));
        }
        return values;
    }

    private static long[] moved(Call call, int output, Shape shape) {
        if (call.operator() == Operator.CONCAT) {
            long[] joined = new long[(int) shape.frameElements()];
            ReferenceMovement.join(call.inputs().stream().map(input -> (Object) input.integers()).toList(),
                    call.inputs().stream().map(input -> input.shape().toArray()).toList(),
                    (int) call.attributes().integer("axis", 0), joined, shape.toArray());
            return joined;
        }
        long[] from = call.inputs().get(0).integers();
        int[] sources = Movement.sources(call, output, call.shape(0).toArray(), shape.toArray());
        return Arrays.stream(sources).mapToLong(place -> from[place]).toArray();
    }

    private static Value cast(Call call, String name, Shape shape) {
        long to = call.attributes().integer("to", 0);
        Value x = call.inputs().get(0);
        if (to == IntegerFolding.FLOAT32) {
            float[] floats = new float[x.integers().length];
            for (int at = 0; at < floats.length; at++) {
                floats[at] = IntegerFolding.number(x.integers()[at]);
            }
            return Value.constant(name, shape, floats);
        }
        long[] integers = new long[x.integers() != null ? x.integers().length : x.floats().length];
        for (int at = 0; at < integers.length; at++) {
            integers[at] = x.integers() != null ? IntegerFolding.cast(x.integers()[at], to)
                    : IntegerFolding.cast(x.floats()[at], to);
        }
        return Value.constant(name, shape, integers);
    }

    private static Value filled(Call call, String name, Shape shape) {
        Object value = call.attributes().values().get("value");
        Value element = value == null ? Value.constant("", Shape.of(), new float[1]) : (Value) value;
        if (element.shape().frameElements() != 1) {
            throw new IllegalArgumentException("value has " + element.shape().frameElements()
                    + " elements; one is right");
        }
        int count = (int) shape.frameElements();
        if (element.integers() != null) {
            return Value.constant(name, shape, Axes.filled(count, element.integers()[0]));
        }
        float[] floats = new float[count];
        Arrays.fill(floats, element.floats()[0]);
        return Value.constant(name, shape, floats);
    }

    /** Operations for one element of an output. */
    private static long inner(Call call) {
        Shape first = call.shape(0);
        return switch (call.operator()) {
            case GEMM -> first.dim(call.attributes().integer("transA", 0) != 0 ? 0 : 1);
            case MATMUL -> first.dim(-1);
            case CONV, CONV_TRANSPOSE -> Math.max(1, call.shape(1).frameElements()
                    / Math.max(1, call.shape(1).dim(0)));
            case REDUCE_L2, REDUCE_MAX, REDUCE_MEAN, REDUCE_SUM -> first.frameElements();
            default -> 1;
        };
    }
}
