package org.reluctor.network;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many inputs and which attributes an operator takes, in all forms of opset 11 to 21. What it does not know is
 * refused, never ignored.
 *
 * @param least      inputs that must be there
 * @param most       inputs that may be there; what is between the two may be left out
 * @param integers   places of inputs that are int64 constants
 * @param attributes names and types
 */
record OperatorSignature(int least, int most, Set<Integer> integers, Map<String, Class<?>> attributes) {
    private static final int ANY = Integer.MAX_VALUE;
    private static final Map<Operator, OperatorSignature> ALL = new EnumMap<>(Operator.class);
    /** What moves integers, or computes with them, where they are constants. */
    private static final Set<Operator> OF_INTEGERS = Set.of(Operator.ABS, Operator.ADD, Operator.CAST, Operator.CONCAT,
            Operator.DIV, Operator.EQUAL, Operator.EXPAND, Operator.FLATTEN, Operator.GATHER, Operator.IDENTITY,
            Operator.MAX, Operator.MIN, Operator.MUL, Operator.NEG, Operator.RANGE, Operator.RESHAPE, Operator.SHAPE,
            Operator.SLICE, Operator.SPLIT, Operator.SQUEEZE, Operator.SUB, Operator.TRANSPOSE, Operator.UNSQUEEZE,
            Operator.WHERE);
    /** Those of them for which floats make no sense here. */
    private static final Set<Operator> OF_INTEGERS_ONLY = Set.of(Operator.EQUAL, Operator.RANGE, Operator.WHERE);

    static {
        for (Operator operator : Operator.values()) {
            ALL.put(operator, of(operator));
        }
    }

    private static OperatorSignature of(Operator operator) {
        return switch (operator) {
            case ABS, FLOOR, IDENTITY, NEG, RELU, SIGMOID, SIGN, SQRT, TANH -> inputs(1, 1);
            case ADD, DIV, EQUAL, MATMUL, MUL, POW, PRELU, SUB -> inputs(2, 2);
            case RANGE, WHERE -> inputs(3, 3);
            case MAX, MIN -> inputs(1, ANY);
            case BATCH_NORMALIZATION -> inputs(5, 5).with("epsilon", Float.class).with("momentum", Float.class)
                    .with("training_mode", Long.class);
            case CAST -> inputs(1, 1).with("to", Long.class).with("saturate", Long.class);
            case CLIP -> inputs(1, 3).with("min", Float.class).with("max", Float.class);
            case CONCAT -> inputs(1, ANY).with("axis", Long.class);
            case CONSTANT_OF_SHAPE -> inputs(1, 1, 0).with("value", Value.class);
            case CONV -> convolution();
            case CONV_TRANSPOSE -> convolution().with("output_padding", long[].class)
                    .with("output_shape", long[].class);
            case DEPTH_TO_SPACE -> inputs(1, 1).with("blocksize", Long.class).with("mode", String.class);
            case SPACE_TO_DEPTH -> inputs(1, 1).with("blocksize", Long.class);
            case FLATTEN -> inputs(1, 1).with("axis", Long.class);
            case GATHER -> inputs(2, 2, 1).with("axis", Long.class);
            case GEMM -> inputs(2, 3).with("alpha", Float.class).with("beta", Float.class).with("transA", Long.class)
                    .with("transB", Long.class);
            case LEAKY_RELU -> inputs(1, 1).with("alpha", Float.class);
            case PAD -> inputs(1, 4, 1, 3).with("mode", String.class).with("pads", long[].class)
                    .with("value", Float.class);
            case REDUCE_L2, REDUCE_MAX, REDUCE_MEAN, REDUCE_SUM -> inputs(1, 2, 1).with("axes", long[].class)
                    .with("keepdims", Long.class).with("noop_with_empty_axes", Long.class);
            case EXPAND -> inputs(1, 2, 1).with("shape", long[].class);
            case RESHAPE -> inputs(2, 2, 1).with("allowzero", Long.class);
            case SHAPE -> inputs(1, 1).with("start", Long.class).with("end", Long.class);
            case SLICE -> inputs(1, 5, 1, 2, 3, 4).with("starts", long[].class).with("ends", long[].class)
                    .with("axes", long[].class).with("steps", long[].class);
            case SPLIT -> inputs(1, 2, 1).with("axis", Long.class).with("split", long[].class)
                    .with("num_outputs", Long.class);
            case SQUEEZE, UNSQUEEZE -> inputs(1, 2, 1).with("axes", long[].class);
            case TRANSPOSE -> inputs(1, 1).with("perm", long[].class);
        };
    }

    private static OperatorSignature convolution() {
        return inputs(2, 3).with("auto_pad", String.class).with("dilations", long[].class).with("group", Long.class)
                .with("kernel_shape", long[].class).with("pads", long[].class).with("strides", long[].class);
    }

    private static OperatorSignature inputs(int least, int most, Integer... integers) {
        return new OperatorSignature(least, most, Set.of(integers), Map.of());
    }

    private OperatorSignature with(String attribute, Class<?> type) {
        Map<String, Class<?>> more = new HashMap<>(attributes);
        more.put(attribute, type);
        return new OperatorSignature(least, most, integers, Map.copyOf(more));
    }

    /**
     * Refuses a wrong number of inputs, integers where floats belong, and attributes of unknown name or wrong type.
     *
     * @param inputs with null where an optional one is left out
     * @throws IllegalArgumentException with what would be right
     */
    static void check(Operator operator, List<Value> inputs, Attributes attributes) {
        OperatorSignature signature = ALL.get(operator);
        signature.checkCount(inputs);
        attributes.values().forEach(signature::checkAttribute);
        boolean integers = OF_INTEGERS_ONLY.contains(operator)
                || OF_INTEGERS.contains(operator) && inputs.get(0).integers() != null;
        for (int at = 0; at < inputs.size(); at++) {
            boolean free = operator == Operator.CAST || operator == Operator.SHAPE
                    || operator == Operator.POW && at == 1;
            if (inputs.get(at) != null && !free) {
                checkElements(inputs.get(at), integers || signature.integers().contains(at));
            }
        }
    }

    private void checkCount(List<Value> inputs) {
        if (inputs.size() < least || inputs.size() > most) {
            String right = least == most ? "" + least : most == ANY ? least + " or more" : least + " to " + most;
            throw new IllegalArgumentException("has " + inputs.size() + " inputs, must have " + right);
        }
        for (int at = 0; at < inputs.size(); at++) {
            if (inputs.get(at) == null && (at < least || most == ANY)) {
                throw new IllegalArgumentException("leaves out input " + at + ", which it needs");
            }
        }
    }

    private void checkAttribute(String name, Object value) {
        Class<?> type = attributes.get(name);
        if (type == null) {
            String right = attributes.isEmpty() ? "none"
                    : String.join(", ", attributes.keySet().stream().sorted().toList());
            throw new IllegalArgumentException("has the attribute " + Quote.of(name)
                    + ", which is not known; known are " + right);
        }
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException("attribute " + name + " must be " + description(type));
        }
    }

    private static String description(Class<?> type) {
        if (type == Long.class) {
            return "an integer";
        }
        if (type == Float.class) {
            return "a float";
        }
        return type == String.class ? "a string" : type == Value.class ? "a tensor" : "a list of integers";
    }

    private static void checkElements(Value input, boolean integers) {
        if (integers && input.integers() == null) {
            throw new IllegalArgumentException("input " + Quote.of(input.name()) + " must be a constant list of int64; "
                    + (input.isConstant() ? "it holds float32" : "it is computed from the measurements"));
        }
        if (!integers && input.integers() != null) {
            throw new IllegalArgumentException("input " + Quote.of(input.name())
                    + " holds integers; the network computes in float32, integers may only say shapes and places");
        }
    }
}
