package org.reluctor.certify.vnnlib;

import java.util.Map;
import java.util.TreeMap;

/**
 * c·x + d·y + e over a network's inputs x and outputs y.
 *
 * @param inputs   c by index, ascending; what is absent is 0
 * @param outputs  d by index
 * @param constant e
 */
record LinearForm(Map<Integer, Double> inputs, Map<Integer, Double> outputs, double constant) {
    static LinearForm constant(double value) {
        return new LinearForm(Map.of(), Map.of(), value);
    }

    static LinearForm input(int index) {
        return new LinearForm(Map.of(index, 1.0), Map.of(), 0);
    }

    static LinearForm output(int index) {
        return new LinearForm(Map.of(), Map.of(index, 1.0), 0);
    }

    LinearForm plus(LinearForm other) {
        return new LinearForm(joined(inputs, other.inputs, 1), joined(outputs, other.outputs, 1),
                constant + other.constant);
    }

    LinearForm minus(LinearForm other) {
        return plus(other.times(-1));
    }

    LinearForm times(double factor) {
        return new LinearForm(joined(Map.of(), inputs, factor), joined(Map.of(), outputs, factor),
                factor * constant);
    }

    private static Map<Integer, Double> joined(Map<Integer, Double> first, Map<Integer, Double> second,
            double factor) {
        Map<Integer, Double> result = new TreeMap<>(first);
        second.forEach((index, value) -> result.merge(index, factor * value, Double::sum));
        result.values().removeIf(value -> value == 0);
        return result;
    }

    boolean isConstant() {
        return inputs.isEmpty() && outputs.isEmpty();
    }

    /** Whether it is about one input and nothing else: such a form bounds the box. */
    boolean isOfOneInput() {
        return inputs.size() == 1 && outputs.isEmpty();
    }

    /** Whether every number in it is finite. */
    boolean isFinite() {
        return Double.isFinite(constant) && inputs.values().stream().allMatch(Double::isFinite)
                && outputs.values().stream().allMatch(Double::isFinite);
    }

    /** The value, rounded. */
    double at(double[] x, double[] y) {
        return constant + product(inputs, x) + product(outputs, y);
    }

    private static double product(Map<Integer, Double> coefficients, double[] values) {
        double sum = 0;
        for (Map.Entry<Integer, Double> entry : coefficients.entrySet()) {
            sum += entry.getValue() * values[entry.getKey()];
        }
        return sum;
    }
}
