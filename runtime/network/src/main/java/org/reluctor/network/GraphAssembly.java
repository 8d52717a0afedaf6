package org.reluctor.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph in the making: what {@link OnnxReader} and {@link NetworkBuilder} share. Keeps names unique, infers shapes,
 * folds constants, bounds sizes, and drops in the end what no output needs. All refusals are
 * {@link IllegalArgumentException}s that name the node and the values.
 */
final class GraphAssembly {
    /** Elements of one computed value for one frame: 64 MiB in float32. A signal of 4096×4096 just fits. */
    static final long FRAME_LIMIT = 1L << 24;

    private final Map<String, Value> values = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final ConstantFolding folding = new ConstantFolding();
    private final boolean batchWasOne;

    /**
     * @param batchWasOne whether the file fixes the batch at 1, so that a Reshape to [1, …] keeps the batch; such a
     *                    target is rewritten with a 0, which means the same for every batch
     */
    GraphAssembly(boolean batchWasOne) {
        this.batchWasOne = batchWasOne;
    }

    /** Adds a value that no node computes: the input or a constant. */
    Value add(Value value) {
        if (value.name().isEmpty()) {
            throw new IllegalArgumentException("a value has an empty name");
        }
        if (values.putIfAbsent(value.name(), value) != null) {
            throw new IllegalArgumentException("the name " + Quote.of(value.name()) + " is given to two values");
        }
        return value;
    }

    /** Takes over a node that was assembled before, with its output. */
    void adopt(Node node) {
        for (Value input : node.inputs()) {
            if (input.isConstant() && values.get(input.name()) != input) {
                add(input);
            }
        }
        nodes.add(node);
        add(node.output());
    }

    /** The value of that name, or null. */
    Value find(String name) {
        return values.get(name);
    }

    /** Adds one operation and gives its output: computed, or constant if all inputs are. */
    Value apply(String nodeName, Operator operator, List<Value> inputs, Attributes attributes, String outputName) {
        try {
            OperatorSignature.check(operator, inputs, attributes);
            boolean reshape = operator == Operator.RESHAPE;
            List<Value> settled = reshape ? settleTarget(inputs, attributes, outputName) : inputs;
            Attributes kept = reshape ? Attributes.NONE : attributes;
            Shape shape = ShapeInference.infer(operator, settled, kept);
            checkSize(shape);
            if (settled.stream().allMatch(Value::isConstant)) {
                return add(folding.fold(operator, settled, kept, outputName, shape));
            }
            Value output = add(Value.computed(outputName, shape));
            nodes.add(new Node(nodeName, operator, settled, List.of(output), kept));
            return output;
        } catch (IllegalArgumentException unfit) {
            throw new IllegalArgumentException("node " + Quote.of(nodeName) + " (" + operator.onnxName() + "): "
                    + unfit.getMessage(), unfit);
        }
    }

    private static void checkSize(Shape shape) {
        if (ReshapeRule.product(shape.toArray(), 0, shape.rank()) > FRAME_LIMIT) {
            throw new IllegalArgumentException("its result " + shape + " has more than " + FRAME_LIMIT
                    + " elements a frame");
        }
    }

    /** A Reshape's inputs, the target free of what depends on {@code allowzero} and on a batch fixed at 1. */
    private List<Value> settleTarget(List<Value> inputs, Attributes attributes, String outputName) {
        Value data = inputs.get(0);
        long[] target = ShapeInference.target(inputs.get(1));
        if (attributes.integer("allowzero", 0) != 0 && Arrays.stream(target).anyMatch(dim -> dim == 0)) {
            throw new IllegalArgumentException("the target " + Arrays.toString(target)
                    + " asks with allowzero for a dimension of 0; right are 1 and more");
        }
        if (!batchWasOne || !data.shape().hasBatch() || target.length == 0 || target[0] != 1) {
            return inputs;
        }
        long[] symbolic = target.clone();
        symbolic[0] = 0;
        return List.of(data, add(Value.constant(outputName + ":target", Shape.of(symbolic.length), symbolic)));
    }

    /** Gives a value another name, in all nodes added so far. Returns the value that stands in its place. */
    Value rename(Value value, String name) {
        Value renamed = add(Value.computed(name, value.shape()));
        values.remove(value.name());
        nodes.replaceAll(node -> new Node(node.name(), node.operator(), replace(node.inputs(), value, renamed),
                replace(node.outputs(), value, renamed), node.attributes()));
        return renamed;
    }

    private static List<Value> replace(List<Value> list, Value old, Value replacement) {
        return list.stream().map(value -> value == old ? replacement : value).toList();
    }

    /** The nodes that these outputs need, in an order in which every input is computed before it is used. */
    List<Node> nodesFor(List<Value> outputs) {
        Set<Value> needed = Collections.newSetFromMap(new IdentityHashMap<>());
        needed.addAll(outputs);
        List<Node> kept = new ArrayList<>();
        for (int at = nodes.size() - 1; at >= 0; at--) {
            Node node = nodes.get(at);
            if (needed.contains(node.output())) {
                needed.addAll(node.inputs());
                kept.add(node);
            }
        }
        Collections.reverse(kept);
        return kept;
    }

    /** Number of nodes so far, for names. */
    int size() {
        return nodes.size();
    }
}
