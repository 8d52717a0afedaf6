package org.reluctor.network;

import java.util.ArrayList;
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
    /** Dimensions of one value; every rule but Gather's has a limit of its own below this. */
    private static final int RANK_LIMIT = 32;

    private final Map<String, Value> values = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final ConstantFolding folding = new ConstantFolding();
    private final SettledForm form;

    /**
     * @param batchWasOne whether the file fixes the batch at 1, so that a Reshape to [1, …] keeps the batch; such a
     *                    target is rewritten with a 0, which means the same for every batch
     */
    GraphAssembly(boolean batchWasOne) {
        form = new SettledForm(batchWasOne, this::add);
    }

    /** Adds a value that no node computes: the input or a constant. */
    Value add(Value value) {
        if (value.isConstant()) {
            folding.give(value);
        }
        return put(value);
    }

    private Value put(Value value) {
        if (value.name().isEmpty()) {
            throw new IllegalArgumentException("a value has an empty name");
        }
        if (values.putIfAbsent(value.name(), value) != null) {
            throw new IllegalArgumentException("the name " + Quote.of(value.name()) + " is given to two values");
        }
        return value;
    }

    /** Takes over a node that was assembled before, with its outputs. */
    void adopt(Node node) {
        for (Value input : node.inputs()) {
            if (input.isConstant() && values.get(input.name()) != input) {
                add(input);
            }
        }
        nodes.add(node);
        node.outputs().forEach(this::put);
    }

    /** The value of that name, or null. */
    Value find(String name) {
        return values.get(name);
    }

    /** Adds one operation and gives its only output: computed, or constant if all inputs are. */
    Value apply(String nodeName, Operator operator, List<Value> inputs, Attributes attributes, String outputName) {
        return apply(nodeName, operator, inputs, attributes, List.of(outputName)).get(0);
    }

    /**
     * Adds one operation and gives its outputs: computed, or constant if all inputs are.
     *
     * @param given inputs, with null where an optional one is left out
     */
    List<Value> apply(String nodeName, Operator operator, List<Value> given, Attributes attributes,
            List<String> outputNames) {
        int count = given.size();
        while (count > 0 && given.get(count - 1) == null) {
            count--;
        }
        List<Value> inputs = given.subList(0, count);
        try {
            OperatorSignature.check(operator, inputs, attributes);
            if (outputNames.size() != 1 && operator != Operator.SPLIT) {
                throw new IllegalArgumentException("has " + outputNames.size() + " outputs; one is right");
            }
            if (operator == Operator.GATHER && !inputs.get(0).isConstant()) {
                return List.of(pick(nodeName, inputs, attributes, outputNames.get(0)));
            }
            Call call = new Call(operator, inputs, attributes, outputNames.size());
            return add(nodeName, form.settle(call, outputNames.get(0)), outputNames);
        } catch (IllegalArgumentException unfit) {
            throw new IllegalArgumentException("node " + Quote.of(nodeName) + " (" + operator.onnxName() + "): "
                    + unfit.getMessage(), unfit);
        }
    }

    private List<Value> add(String nodeName, Call call, List<String> outputNames) {
        List<Shape> shapes = ShapeInference.infer(call);
        shapes.forEach(GraphAssembly::checkSize);
        if (ConstantFolding.applies(call)) {
            List<Value> constants = folding.fold(call, outputNames, shapes);
            constants.forEach(this::put);
            return constants;
        }
        if (call.operator().onlyShapes()) {
            throw new IllegalArgumentException("computes from the measurements; it is supported only where it"
                    + " computes shapes and other constants");
        }
        List<Value> outputs = new ArrayList<>();
        for (int output = 0; output < shapes.size(); output++) {
            checkHolds(shapes.get(output));
            outputs.add(put(Value.computed(outputNames.get(output), shapes.get(output))));
        }
        nodes.add(new Node(nodeName, call.operator(), call.inputs(), outputs, call.attributes()));
        return outputs;
    }

    /** One element along a dimension of a computed value, as {@code x[:, 2]} is exported: a Slice and a Squeeze. */
    private Value pick(String nodeName, List<Value> inputs, Attributes attributes, String outputName) {
        Shape x = inputs.get(0).shape();
        long axis = Axes.placeInFrame("axis", attributes.integer("axis", 0), x);
        long[] index = inputs.get(1).integers();
        if (inputs.get(1).shape().rank() != 0 || index[0] < -x.dim((int) axis) || index[0] >= x.dim((int) axis)) {
            throw new IllegalArgumentException("takes the elements " + Axes.shown(index) + " along dimension " + axis
                    + " of the input " + x + "; of what is computed, one that is there can be taken, given without"
                    + " dimensions");
        }
        long start = index[0] < 0 ? index[0] + x.dim((int) axis) : index[0];
        long[] axes = {axis};
        Value slice = apply(nodeName + ":slice", Operator.SLICE, inputs.subList(0, 1), new Attributes(Map.of(
                "axes", axes, "starts", new long[] {start}, "ends", new long[] {start + 1})), outputName + ":slice");
        return apply(nodeName, Operator.SQUEEZE, List.of(slice), new Attributes(Map.of("axes", axes)), outputName);
    }

    private static void checkSize(Shape shape) {
        if (shape.rank() > RANK_LIMIT) {
            throw new IllegalArgumentException("its result has " + shape.rank() + " dimensions; at most " + RANK_LIMIT
                    + " are right");
        }
        if (ReshapeRule.product(shape.toArray(), 0, shape.rank()) > FRAME_LIMIT) {
            throw new IllegalArgumentException("its result " + shape + " has more than " + FRAME_LIMIT
                    + " elements a frame");
        }
    }

    private static void checkHolds(Shape shape) {
        if (shape.frameElements() == 0) {
            throw new IllegalArgumentException("its result " + shape + " has no elements");
        }
    }

    /** Gives a value another name, in all nodes added so far. Returns the value that stands in its place. */
    Value rename(Value value, String name) {
        Value renamed = put(Value.computed(name, value.shape()));
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
            if (node.outputs().stream().anyMatch(needed::contains)) {
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
