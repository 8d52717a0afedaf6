package org.reluctor.network;

import java.util.List;
import java.util.Map;

/** How many inputs and which attributes an operator takes. What it does not know is refused, never ignored. */
final class OperatorSignature {
    private static final Map<String, Class<?>> GEMM = Map.of(
            "alpha", Float.class, "beta", Float.class, "transA", Long.class, "transB", Long.class);
    private static final Map<String, Class<?>> RESHAPE = Map.of("allowzero", Long.class);
    private static final Map<String, Class<?>> FLATTEN = Map.of("axis", Long.class);

    private OperatorSignature() {
    }

    /**
     * Refuses a wrong number of inputs, integers where floats belong, and attributes of unknown name or wrong type.
     *
     * @throws IllegalArgumentException with what would be right
     */
    static void check(Operator operator, List<Value> inputs, Attributes attributes) {
        int least = least(operator);
        int most = operator == Operator.GEMM ? 3 : least;
        if (inputs.size() < least || inputs.size() > most) {
            throw new IllegalArgumentException("has " + inputs.size() + " inputs, must have "
                    + (least == most ? "" + least : least + " to " + most));
        }
        attributes.values().forEach((name, value) -> checkAttribute(operator, name, value));
        for (int at = 0; at < inputs.size(); at++) {
            checkElements(operator, inputs, at);
        }
    }

    private static int least(Operator operator) {
        return switch (operator) {
            case ADD, DIV, GEMM, MATMUL, MUL, RESHAPE, SUB -> 2;
            case ABS, FLATTEN, IDENTITY, NEG, RELU, SIGN -> 1;
        };
    }

    private static void checkAttribute(Operator operator, String name, Object value) {
        Map<String, Class<?>> known = known(operator);
        Class<?> type = known.get(name);
        if (type == null) {
            String right = known.isEmpty() ? "none" : String.join(", ", known.keySet().stream().sorted().toList());
            throw new IllegalArgumentException("has the attribute " + Quote.of(name)
                    + ", which is not known; known are " + right);
        }
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException("attribute " + name + " must be "
                    + (type == Long.class ? "an integer" : "a float"));
        }
    }

    private static Map<String, Class<?>> known(Operator operator) {
        return switch (operator) {
            case GEMM -> GEMM;
            case RESHAPE -> RESHAPE;
            case FLATTEN -> FLATTEN;
            default -> Map.of();
        };
    }

    private static void checkElements(Operator operator, List<Value> inputs, int at) {
        boolean target = operator == Operator.RESHAPE && at == 1;
        Value input = inputs.get(at);
        if (input.integers() != null && !target && operator != Operator.IDENTITY) {
            throw new IllegalArgumentException("input " + Quote.of(input.name())
                    + " holds integers; the network computes in float32, integers may only be the target of a Reshape");
        }
    }
}
