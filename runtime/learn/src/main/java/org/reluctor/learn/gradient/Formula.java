package org.reluctor.learn.gradient;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** A formula of one element each of some tensors. */
public sealed interface Formula {
    /** The element of the tensor of that number. */
    record Input(int index) implements Formula {
    }

    /** A number. */
    record Constant(double value) implements Formula {
    }

    /** A function of formulas. */
    record Call(Elementary function, List<Formula> arguments) implements Formula {
        /** As OpenCL C, of arguments that have names. */
        public String text(List<String> names) {
            return function.text(names);
        }
    }

    /** A number. */
    static Formula of(double value) {
        return new Constant(value);
    }

    /** The element of the tensor of that number. */
    static Formula input(int index) {
        return new Input(index);
    }

    /** The value in float64. */
    default double evaluate(double[] inputs) {
        if (this instanceof Input input) {
            return inputs[input.index()];
        }
        if (this instanceof Constant constant) {
            return constant.value();
        }
        Call call = (Call) this;
        double first = call.arguments().get(0).evaluate(inputs);
        return call.function().apply(first, call.arguments().size() < 2 ? 0 : call.arguments().get(1).evaluate(inputs));
    }

    /** As OpenCL C, of scalars or vectors of type V named x0, x1, …. */
    default String text() {
        if (this instanceof Input input) {
            return "x" + input.index();
        }
        if (this instanceof Constant constant) {
            return "(V)(" + literal(constant.value()) + ")";
        }
        Call call = (Call) this;
        return call.text(call.arguments().stream().map(Formula::text).toList());
    }

    private static String literal(double value) {
        float rounded = (float) value;
        return Float.isFinite(rounded) ? Float.toHexString(rounded) + "f"
                : rounded > 0 ? "INFINITY" : rounded < 0 ? "-INFINITY" : "NAN";
    }

    /** With every input replaced. */
    default Formula replace(IntFunction<Formula> by) {
        if (this instanceof Input input) {
            return by.apply(input.index());
        }
        if (this instanceof Call call) {
            return new Call(call.function(), call.arguments().stream().map(part -> part.replace(by)).toList());
        }
        return this;
    }

    /**
     * ∂/∂input · g of every input by the chain rule, from the value down; null for an input that has no derivative.
     *
     * @param inputs how many; the formula's own value is then input {@code inputs}, and g the one after it
     */
    default List<Formula> gradients(int inputs) {
        List<Formula> sums = new ArrayList<>();
        for (int at = 0; at < inputs; at++) {
            sums.add(null);
        }
        descend(this, input(inputs), input(inputs + 1), sums);
        return sums;
    }

    private static void descend(Formula formula, Formula value, Formula adjoint, List<Formula> sums) {
        if (formula instanceof Input input) {
            Formula sum = sums.get(input.index());
            sums.set(input.index(), sum == null ? adjoint : Elementary.ADD.of(sum, adjoint));
        }
        if (formula instanceof Call call) {
            for (int at = 0; at < call.arguments().size(); at++) {
                Formula factor = call.function().derivative(call.arguments(), value, at);
                if (factor != null) {
                    Formula argument = call.arguments().get(at);
                    descend(argument, argument, times(adjoint, factor), sums);
                }
            }
        }
    }

    private static Formula times(Formula adjoint, Formula factor) {
        if (factor instanceof Constant constant && Math.abs(constant.value()) == 1) {
            return constant.value() == 1 ? adjoint : Elementary.NEG.of(adjoint);
        }
        return Elementary.MUL.of(adjoint, factor);
    }
}
