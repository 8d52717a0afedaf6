package org.reluctor.network;

import java.util.List;

/**
 * Computes nodes whose inputs are all constant, once, so that every node left in a graph depends on the measurements.
 * In float64, rounded once to float32. A small file could ask for years of such work; a budget refuses that.
 */
final class ConstantFolding {
    /** Multiply-adds (or single operations) that all folded nodes of one graph may need together: seconds. */
    static final long WORK_LIMIT = 1L << 31;
    /** Elements that all folded constants of one graph may hold together. */
    static final long ELEMENT_LIMIT = 1L << 26;

    private long work;
    private long elements;

    /** The node's output as a constant. Results that only reorder or rename share their input's array. */
    Value fold(Operator operator, List<Value> inputs, Attributes attributes, String outputName, Shape shape) {
        Value first = inputs.get(0);
        if (operator == Operator.IDENTITY && first.integers() != null) {
            return Value.constant(outputName, shape, first.integers());
        }
        return switch (operator) {
            case FLATTEN, IDENTITY, RESHAPE -> Value.constant(outputName, shape, first.floats());
            default -> compute(operator, inputs, attributes, outputName, shape);
        };
    }

    private Value compute(Operator operator, List<Value> inputs, Attributes attributes, String outputName,
            Shape shape) {
        elements += shape.frameElements();
        work += shape.frameElements() * inner(operator, inputs, attributes);
        if (elements > ELEMENT_LIMIT || work > WORK_LIMIT) {
            throw new IllegalArgumentException("is one of the nodes that compute with constants only, and these are"
                    + " together too much work to do on loading; compute them when the network is exported");
        }
        List<ReferenceTensor> tensors = inputs.stream().map(ReferenceTensor::of).toList();
        double[] result = ReferenceArithmetic.apply(operator, attributes, tensors, shape.toArray()).data();
        float[] rounded = new float[result.length];
        for (int at = 0; at < result.length; at++) {
            rounded[at] = (float) result[at];
        }
        return Value.constant(outputName, shape, rounded);
    }

    private static long inner(Operator operator, List<Value> inputs, Attributes attributes) {
        Shape first = inputs.get(0).shape();
        return switch (operator) {
            case GEMM -> first.dim(attributes.integer("transA", 0) != 0 ? 0 : 1);
            case MATMUL -> first.dim(-1);
            default -> 1;
        };
    }
}
