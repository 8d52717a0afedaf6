package org.reluctor.engine.lowering;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.reluctor.network.Node;
import org.reluctor.network.Operator;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Shape;
import org.reluctor.network.Value;
import org.reluctor.opencl.operation.Function;

/**
 * Lowers a network to steps. A product starts a step; a pointwise node joins the latest step that computes one of its
 * inputs, so that everything else it reads is there already; where that step has another shape, it starts one. Nodes
 * of constants alone are folded before, when the network is read.
 */
public final class Lowering {
    private static final Map<Operator, Function> POINTWISE = new EnumMap<>(Map.of(
            Operator.ADD, Function.ADD, Operator.SUB, Function.SUB, Operator.MUL, Function.MUL,
            Operator.DIV, Function.DIV, Operator.NEG, Function.NEG, Operator.ABS, Function.ABS,
            Operator.RELU, Function.RELU, Operator.SIGN, Function.SIGN));

    private final RecoveryNetwork network;
    private final Map<Value, Value> aliases = new IdentityHashMap<>();
    private final Map<Value, Step> producers = new IdentityHashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final Tensor input;

    private Lowering(RecoveryNetwork network) {
        this.network = network;
        this.input = new Tensor(network.input().name(), features(network.input()));
    }

    /**
     * Lowers a network.
     *
     * @throws LoweringException if a node asks for something the engine does not compute
     */
    public static LoweredNetwork lower(RecoveryNetwork network) {
        return new Lowering(network).run();
    }

    private LoweredNetwork run() {
        for (Node node : network.nodes()) {
            add(node);
        }
        List<Tensor> outputs = network.outputs().stream().map(this::output).toList();
        return new LoweredNetwork(input, outputs, steps, Lifetimes.place(input, outputs, steps));
    }

    private void add(Node node) {
        switch (node.operator()) {
            case IDENTITY, RESHAPE, FLATTEN -> aliases.put(node.output(), root(node.inputs().get(0)));
            case MATMUL -> matMul(node);
            case GEMM -> gemm(node);
            default -> pointwise(node);
        }
    }

    private void matMul(Node node) {
        Value left = node.inputs().get(0);
        Value right = node.inputs().get(1);
        if (left.isConstant() || !right.isConstant()) {
            throw new LoweringException("node " + node.name() + ": MatMul of " + left + " by " + right
                    + "; the device computes products of a computed value by a constant matrix on its right");
        }
        boolean vector = right.shape().rank() == 1;
        int columns = right.shape().dim(vector ? 0 : -2);
        int rows = vector ? 1 : right.shape().dim(-1);
        if (right.shape().frameElements() != (long) rows * columns) {
            throw new LoweringException("node " + node.name() + ": MatMul by " + right
                    + "; the device takes one matrix, not a stack of them");
        }
        product(node, left, new MatrixFactor(right.floats(), rows, columns, true, features(left) / columns));
    }

    private void gemm(Node node) {
        Value a = node.inputs().get(0);
        Value b = node.inputs().get(1);
        if (a.isConstant() || !b.isConstant() || node.attributes().integer("transA", 0) != 0) {
            throw new LoweringException("node " + node.name() + ": Gemm of " + a + " by " + b + " with transA="
                    + node.attributes().integer("transA", 0)
                    + "; the device computes A·B or A·Bᵀ with a computed A and a constant B");
        }
        boolean transB = node.attributes().integer("transB", 0) != 0;
        int rows = b.shape().dim(transB ? 0 : 1);
        int columns = b.shape().dim(transB ? 1 : 0);
        float[] elements = scaled(b.floats(), node.attributes().real("alpha", 1));
        Step step = product(node, a, new MatrixFactor(elements, rows, columns, !transB, 1));
        if (node.inputs().size() > 2) {
            addC(node, step, node.inputs().get(2), node.attributes().real("beta", 1));
        }
    }

    private void addC(Node node, Step step, Value c, float beta) {
        int added;
        if (c.isConstant()) {
            float[] elements = scaled(c.floats(), beta);
            added = step.operand(Operand.constant(Broadcast.expand(elements, c.shape(), node.output().shape())));
        } else {
            int term = operandTerm(step, c, node.output().shape());
            added = beta == 1 ? term : step.expression().apply(Function.MUL, term,
                    step.operand(Operand.constant(new float[] {beta})));
        }
        step.define(node.output(), step.expression().apply(Function.ADD, step.term(node.output()), added));
    }

    private static float[] scaled(float[] elements, float factor) {
        if (factor == 1) {
            return elements;
        }
        float[] scaled = new float[elements.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = factor * elements[i];
        }
        return scaled;
    }

    private Step product(Node node, Value computed, MatrixFactor factor) {
        Step step = new Step(steps.size(), factor, tensor(root(computed)), features(node.output()));
        step.define(node.output(), step.expression().product());
        return begin(step, node);
    }

    private Step begin(Step step, Node node) {
        steps.add(step);
        producers.put(node.output(), step);
        return step;
    }

    private void pointwise(Node node) {
        Function function = POINTWISE.get(node.operator());
        if (function == null) {
            throw new LoweringException("node " + node.name() + ": the device does not compute " + node.operator());
        }
        Step step = home(node);
        Shape shape = node.output().shape();
        int[] terms = node.inputs().stream().mapToInt(value -> operandTerm(step, value, shape)).toArray();
        int result = function.isBinary() ? step.expression().apply(function, terms[0], terms[1])
                : step.expression().apply(function, terms[0]);
        step.define(node.output(), result);
        producers.put(node.output(), step);
    }

    /** The latest step that computes an input, if this node can join it; otherwise a new one. */
    private Step home(Node node) {
        Step latest = null;
        for (Value value : node.inputs()) {
            Step step = producers.get(root(value));
            boolean later = step != null && (latest == null || step.index() > latest.index());
            latest = later ? step : latest;
        }
        return latest != null && canJoin(node, latest) ? latest : begin(new Step(steps.size(), features(node.output())),
                node);
    }

    private boolean canJoin(Node node, Step step) {
        return step.features() == features(node.output()) && node.inputs().stream()
                .filter(value -> producers.get(root(value)) == step)
                .allMatch(value -> Broadcast.isIdentity(Broadcast.map(value.shape(), node.output().shape())));
    }

    private int operandTerm(Step step, Value value, Shape shape) {
        if (value.isConstant()) {
            return step.operand(Operand.constant(Broadcast.expand(value.floats(), value.shape(), shape)));
        }
        Value root = root(value);
        if (producers.get(root) == step) {
            return step.term(root);
        }
        int[] map = Broadcast.map(value.shape(), shape);
        boolean identity = features(value) == map.length && Broadcast.isIdentity(map);
        return step.operand(identity ? Operand.frame(tensor(root)) : Operand.mapped(tensor(root), map));
    }

    /** The network's output as a tensor of its own: never the input's, which the host overwrites. */
    private Tensor output(Value value) {
        if (value.isConstant()) {
            throw new LoweringException("output " + value.name() + " does not depend on the measurements");
        }
        Value root = root(value);
        if (producers.containsKey(root)) {
            return tensor(root);
        }
        Step copy = new Step(steps.size(), features(value));
        copy.define(value, copy.operand(Operand.frame(input)));
        steps.add(copy);
        return copy.store(value);
    }

    private Tensor tensor(Value root) {
        Step producer = producers.get(root);
        return producer == null ? input : producer.store(root);
    }

    private Value root(Value value) {
        return aliases.getOrDefault(value, value);
    }

    private static int features(Value value) {
        return Math.toIntExact(value.shape().frameElements());
    }
}
