package org.reluctor.network;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One use of an operator: as a file has it while it is being settled, in the form that {@link Node} describes
 * afterwards.
 *
 * @param operator   what is computed
 * @param inputs     with null where an optional one is left out
 * @param attributes as given, or settled
 * @param outputs    how many there are
 */
record Call(Operator operator, List<Value> inputs, Attributes attributes, int outputs) {
    Shape shape(int input) {
        return inputs.get(input).shape();
    }

    /** The input at that place, or null where it is left out. */
    Value optional(int input) {
        return input < inputs.size() ? inputs.get(input) : null;
    }

    /** The same call with these attributes alone, given as name, value, name, value, …. */
    Call with(Object... namesAndValues) {
        Map<String, Object> values = new HashMap<>();
        for (int at = 0; at < namesAndValues.length; at += 2) {
            values.put((String) namesAndValues[at], namesAndValues[at + 1]);
        }
        return new Call(operator, inputs, new Attributes(values), outputs);
    }

    /** The same call with the first {@code count} inputs alone. */
    Call keepInputs(int count) {
        return new Call(operator, inputs.subList(0, count), attributes, outputs);
    }

    /** A list that is an attribute in some operator sets and an input in others; null where it is neither. */
    long[] list(String name, int input) {
        Value given = optional(input);
        if (given == null) {
            return attributes.integers(name, (long[]) null);
        }
        if (attributes.has(name)) {
            throw new IllegalArgumentException("gives " + name + " twice, as an attribute and as an input");
        }
        if (given.shape().rank() != 1) {
            throw new IllegalArgumentException("input " + Quote.of(given.name()) + " is " + given.shape() + "; "
                    + name + " must be a list");
        }
        return given.integers();
    }

    /** A single number that is an attribute or a constant input; null where it is neither. */
    Float number(String name, int input) {
        Value given = optional(input);
        if (given == null) {
            return attributes.has(name) ? attributes.real(name, 0) : null;
        }
        if (attributes.has(name)) {
            throw new IllegalArgumentException("gives " + name + " twice, as an attribute and as an input");
        }
        if (given.floats() == null || given.floats().length != 1) {
            throw new IllegalArgumentException("input " + Quote.of(given.name()) + ", " + name + ", is "
                    + given.shape() + (given.isConstant() ? "" : " and computed")
                    + "; it must be a constant of one element");
        }
        return given.floats()[0];
    }

    /** Refuses inputs that must be known before any frame comes, and are not. */
    void requireConstants(int from) {
        inputs.stream().skip(from).filter(input -> input != null && input.floats() == null).findFirst()
                .ifPresent(input -> {
                    throw new IllegalArgumentException("input " + Quote.of(input.name()) + " " + input.shape()
                            + " is computed; it must be a constant");
                });
    }
}
