package org.reluctor.certify.graph;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.reluctor.network.Node;
import org.reluctor.network.Operator;
import org.reluctor.network.Value;

/**
 * A soft threshold as files have it, Sign(x)·Relu(|x| - t): with t of 0 or more it is Relu(x - t) - Relu(-x - t), which
 * is piecewise linear without a product.
 *
 * @param x         what is shrunk
 * @param threshold constant t, to be stretched to x
 */
record SoftThreshold(Value x, Value threshold) {
    /** What the Mul computes, where it is a soft threshold; {@code makers} give each value's node. */
    static Optional<SoftThreshold> of(Node mul, Map<Value, Node> makers) {
        if (mul.operator() != Operator.MUL) {
            return Optional.empty();
        }
        List<Value> inputs = mul.inputs();
        return match(inputs.get(0), inputs.get(1), makers).or(() -> match(inputs.get(1), inputs.get(0), makers));
    }

    private static Optional<SoftThreshold> match(Value sign, Value rest, Map<Value, Node> makers) {
        Optional<Value> x = input(sign, Operator.SIGN, makers);
        Optional<Value> difference = input(rest, Operator.RELU, makers);
        if (x.isEmpty() || difference.isEmpty()) {
            return Optional.empty();
        }
        Node sub = makers.get(difference.get());
        if (sub == null || sub.operator() != Operator.SUB || !sub.inputs().get(1).isConstant()) {
            return Optional.empty();
        }
        return input(sub.inputs().get(0), Operator.ABS, makers).filter(value -> value == x.get())
                .map(value -> new SoftThreshold(value, sub.inputs().get(1)));
    }

    private static Optional<Value> input(Value value, Operator operator, Map<Value, Node> makers) {
        return Optional.ofNullable(makers.get(value)).filter(node -> node.operator() == operator)
                .map(node -> node.inputs().get(0));
    }
}
