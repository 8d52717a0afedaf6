package org.reluctor.opencl.sequence;

import java.util.ArrayList;
import java.util.List;
import org.reluctor.opencl.operation.Operation;

/**
 * An operation with its arguments: offsets into the arenas, sizes and scalars, in the order of its parameters.
 *
 * @param operation what is computed
 * @param arguments an {@link Integer} or {@link Float} for each parameter
 */
public record Call(Operation operation, List<Number> arguments) {
    public Call {
        arguments = List.copyOf(arguments);
        if (arguments.size() != operation.parameters().size()) {
            throw new IllegalArgumentException(operation.describe() + " takes " + operation.parameters() + ", not "
                    + arguments.size() + " arguments");
        }
    }

    /** A product's call: the offsets of weights, of their scales (0 without) and of the input, then the tail's. */
    public static Call product(Operation operation, int weights, int scales, int input,
            List<? extends Number> tail) {
        List<Number> arguments = new ArrayList<>(List.of(weights, scales, input));
        arguments.addAll(operation.sizes());
        arguments.addAll(tail);
        return new Call(operation, arguments);
    }

    /** A convolution's call: the offsets of its weights in all orders it asks for, of the input, then the tail's. */
    public static Call convolution(Operation operation, List<Integer> weights, int input, List<? extends Number> tail) {
        List<Number> arguments = new ArrayList<>(weights);
        arguments.add(input);
        arguments.addAll(tail);
        return new Call(operation, arguments);
    }

    /** A pointwise operation's or a fold's call: behind its sizes all other arguments. */
    public static Call pointwise(Operation operation, List<? extends Number> tail) {
        List<Number> arguments = new ArrayList<>(operation.sizes());
        arguments.addAll(tail);
        return new Call(operation, arguments);
    }
}
