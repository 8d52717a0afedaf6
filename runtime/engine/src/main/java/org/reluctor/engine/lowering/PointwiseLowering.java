package org.reluctor.engine.lowering;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.reluctor.network.Broadcasting;
import org.reluctor.network.Node;
import org.reluctor.network.Operator;
import org.reluctor.network.Shape;
import org.reluctor.network.Value;
import org.reluctor.opencl.operation.Expression;
import org.reluctor.opencl.operation.Function;

/**
 * Pointwise nodes. One joins the latest step that computes any of its inputs, so that everything else it reads is there
 * already, and lays its result as that step lays its own; where that cannot be, it starts a step.
 */
final class PointwiseLowering {
    private static final Map<Operator, Function> FUNCTIONS = new EnumMap<>(Operator.class);

    static {
        FUNCTIONS.putAll(Map.of(Operator.ADD, Function.ADD, Operator.SUB, Function.SUB, Operator.MUL, Function.MUL,
                Operator.DIV, Function.DIV, Operator.NEG, Function.NEG, Operator.ABS, Function.ABS,
                Operator.RELU, Function.RELU, Operator.SIGN, Function.SIGN));
        FUNCTIONS.putAll(Map.of(Operator.MAX, Function.MAX, Operator.MIN, Function.MIN, Operator.SQRT, Function.SQRT,
                Operator.SIGMOID, Function.SIGMOID, Operator.TANH, Function.TANH, Operator.POW, Function.POW,
                Operator.PRELU, Function.LEAKY));
    }

    private final StepGraph graph;

    PointwiseLowering(StepGraph graph) {
        this.graph = graph;
    }

    /** Whether the node is pointwise. */
    static boolean covers(Operator operator) {
        return FUNCTIONS.containsKey(operator) || operator == Operator.CLIP || operator == Operator.LEAKY_RELU
                || operator == Operator.BATCH_NORMALIZATION || operator == Operator.CONCAT;
    }

    void lower(Node node) {
        Value output = node.output();
        Step step = node.operator() == Operator.CONCAT ? null : joined(node);
        int[] order = null;
        if (step == null) {
            step = graph.begin(StepGraph.features(output));
        } else {
            View inner = insideView(node, step);
            order = inner.inverse(step.features(), step.image() != null);
            graph.lay(output, new View(output, inner.places()));
        }
        graph.define(step, output, term(node, step, order));
    }

    private int term(Node node, Step step, int[] order) {
        return switch (node.operator()) {
            case CLIP -> clip(node, step, order);
            case LEAKY_RELU -> step.expression().apply(Function.LEAKY, read(node, 0, step, order),
                    step.operand(Operand.scalar(node.attributes().real("alpha", 0.01f))));
            case BATCH_NORMALIZATION -> normalization(node, step, order);
            case CONCAT -> concat(node, step);
            default -> plain(node, step, order);
        };
    }

    private int read(Node node, int input, Step step, int[] order) {
        return graph.read(step, node.inputs().get(input), node.output().shape(), order);
    }

    private int plain(Node node, Step step, int[] order) {
        Function function = FUNCTIONS.get(node.operator());
        Expression expression = step.expression();
        int result = read(node, 0, step, order);
        if (!function.isBinary()) {
            return expression.apply(function, result);
        }
        for (int input = 1; input < node.inputs().size(); input++) {
            result = expression.apply(function, result, read(node, input, step, order));
        }
        return result;
    }

    /** min(max(x, least), most): where the bounds cross, the upper one holds. */
    private int clip(Node node, Step step, int[] order) {
        int result = read(node, 0, step, order);
        if (node.attributes().has("min")) {
            result = step.expression().apply(Function.MAX, result,
                    step.operand(Operand.scalar(node.attributes().real("min", 0))));
        }
        if (node.attributes().has("max")) {
            result = step.expression().apply(Function.MIN, result,
                    step.operand(Operand.scalar(node.attributes().real("max", 0))));
        }
        return result;
    }

    /** scale·(x − mean)/√(variance + ε) + shift as gain·x + offset, the constants computed in float64. */
    private int normalization(Node node, Step step, int[] order) {
        List<Value> inputs = node.inputs();
        int channels = StepGraph.features(inputs.get(1));
        float[] gain = new float[channels];
        float[] offset = new float[channels];
        for (int channel = 0; channel < channels; channel++) {
            double factor = inputs.get(1).floats()[channel]
                    / Math.sqrt(inputs.get(4).floats()[channel] + (double) node.attributes().real("epsilon", 1e-5f));
            gain[channel] = (float) factor;
            offset[channel] = (float) (inputs.get(2).floats()[channel] - factor * inputs.get(3).floats()[channel]);
        }
        Shape shape = node.output().shape();
        int[] dims = new int[shape.rank() - 1];
        Arrays.fill(dims, 1);
        dims[0] = channels;
        Value gains = Value.constant(node.name() + ":gain", Shape.of(dims), gain);
        Value offsets = Value.constant(node.name() + ":offset", Shape.of(dims), offset);
        int scaled = step.expression().apply(Function.MUL, read(node, 0, step, order),
                graph.read(step, gains, shape, order));
        return step.expression().apply(Function.ADD, scaled, graph.read(step, offsets, shape, order));
    }

    private int concat(Node node, Step step) {
        Shape whole = node.output().shape();
        int axis = Math.floorMod((int) node.attributes().integer("axis", 0), whole.rank());
        int start = 0;
        Join join = new Join(graph, step.features());
        for (Value part : node.inputs()) {
            join.add(part, Ranges.places(part.shape(), whole, axis, start));
            start += part.shape().dim(axis);
        }
        return step.operand(join.operand());
    }

    /** The latest step that computes an input, if this node can join it; otherwise null. */
    private Step joined(Node node) {
        Step latest = null;
        for (Value value : node.inputs()) {
            Step step = value.isConstant() ? null : graph.producer(value);
            boolean later = step != null && (latest == null || step.index() > latest.index());
            latest = later ? step : latest;
        }
        return latest != null && canJoin(node, latest) ? latest : null;
    }

    private boolean canJoin(Node node, Step step) {
        View inner = insideView(node, step);
        int elements = inner.places() == null ? step.features() : inner.places().length;
        if (elements != StepGraph.features(node.output())) {
            return false;
        }
        boolean complete = inner.places() == null || inner.inverse(step.features(), step.image() != null) != null;
        return complete && inside(node, step).stream().allMatch(value -> graph.view(value).samePlaces(inner)
                && View.isIdentity(Broadcasting.sources(value.shape(), node.output().shape())));
    }

    private List<Value> inside(Node node, Step step) {
        return node.inputs().stream().filter(value -> !value.isConstant() && graph.producer(value) == step).toList();
    }

    private View insideView(Node node, Step step) {
        return graph.view(inside(node, step).get(0));
    }
}
