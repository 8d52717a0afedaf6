package org.reluctor.certify.graph;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.reluctor.network.Node;
import org.reluctor.network.Operator;
import org.reluctor.network.Value;

/**
 * A soft threshold as files have it: Sign(x)·Relu(|x| - t), or Relu(x - t) - Relu(-x - t) with one t of 0 or more. For
 * a negative t the two differ: the second is two ReLUs like others, the first jumps.
 *
 * @param x         what is shrunk
 * @param threshold constant t, to be stretched to x
 */
record SoftThreshold(Value x, Value threshold) {
    /** What the node computes, where it is a soft threshold; {@code makers} give each value's node. */
    static Optional<SoftThreshold> of(Node node, Map<Value, Node> makers) {
        List<Value> inputs = node.inputs();
        if (node.operator() == Operator.SUB) {
            return pair(inputs.get(0), inputs.get(1), makers);
        }
        return node.operator() != Operator.MUL ? Optional.empty() : product(inputs.get(0), inputs.get(1), makers)
                .or(() -> product(inputs.get(1), inputs.get(0), makers));
    }

    private static Optional<SoftThreshold> product(Value sign, Value rest, Map<Value, Node> makers) {
        Optional<Value> x = input(sign, Operator.SIGN, makers);
        return above(rest, makers).flatMap(above -> input(above.x(), Operator.ABS, makers)
                .filter(value -> x.isPresent() && value == x.get())
                .map(value -> new SoftThreshold(value, above.threshold())));
    }

    private static Optional<SoftThreshold> pair(Value up, Value down, Map<Value, Node> makers) {
        Optional<SoftThreshold> above = above(up, makers);
        Optional<SoftThreshold> below = above(down, makers);
        if (above.isEmpty() || below.isEmpty() || !above.get().isSame(below.get().threshold())) {
            return Optional.empty();
        }
        return input(below.get().x(), Operator.NEG, makers).filter(x -> x == above.get().x()).map(x -> above.get());
    }

    /** x and t of Relu(x - t). */
    private static Optional<SoftThreshold> above(Value relu, Map<Value, Node> makers) {
        return input(relu, Operator.RELU, makers).map(makers::get)
                .filter(sub -> sub.operator() == Operator.SUB && !sub.inputs().get(0).isConstant()
                        && sub.inputs().get(1).floats() != null)
                .map(sub -> new SoftThreshold(sub.inputs().get(0), sub.inputs().get(1)));
    }

    private boolean isSame(Value other) {
        boolean equal = other == threshold || other.shape().equals(threshold.shape())
                && Arrays.equals(other.floats(), threshold.floats());
        for (float t : threshold.floats()) {
            equal &= t >= 0;
        }
        return equal;
    }

    private static Optional<Value> input(Value value, Operator operator, Map<Value, Node> makers) {
        return Optional.ofNullable(makers.get(value)).filter(node -> node.operator() == operator)
                .map(node -> node.inputs().get(0));
    }
}
