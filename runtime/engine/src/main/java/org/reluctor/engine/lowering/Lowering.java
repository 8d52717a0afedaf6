package org.reluctor.engine.lowering;

import java.util.List;
import org.reluctor.network.Movement;
import org.reluctor.network.Node;
import org.reluctor.network.Operator;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;

/**
 * Lowers a network to steps. Products start steps, pointwise nodes join them, and nodes that only move elements become
 * views. Nodes of constants alone are folded before, when the network is read.
 */
public final class Lowering {
    /** Elements of a map or of a padded image, twice what a network's value may have: 128 MiB. */
    static final int MOST_PLACES = 1 << 25;
    /** Places of all maps of a network together, 512 MiB: a small file could ask for any number of large ones. */
    private static final long MOST_KEPT = 1L << 27;

    private final RecoveryNetwork network;
    private final StepGraph graph;
    private final PointwiseLowering pointwise;
    private final ProductLowering products;
    private final ConvolutionLowering convolutions;
    private final Sparsity sparsity = new Sparsity();

    private Lowering(RecoveryNetwork network) {
        this.network = network;
        this.graph = new StepGraph(network.input());
        this.pointwise = new PointwiseLowering(graph);
        this.products = new ProductLowering(graph, sparsity);
        this.convolutions = new ConvolutionLowering(graph, network);
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
        network.nodes().forEach(this::add);
        List<Tensor> outputs = network.outputs().stream().map(this::output).toList();
        return new LoweredNetwork(graph.input(), outputs, graph.steps(),
                Lifetimes.place(graph.input(), outputs, graph.steps()));
    }

    private void add(Node node) {
        if (graph.kept() > MOST_KEPT) {
            throw new LoweringException("node " + node.label() + ": the nodes before it move and repeat elements in "
                    + graph.kept() + " places; at most " + MOST_KEPT + " are right");
        }
        sparsity.visit(node);
        if (PointwiseLowering.covers(node.operator())) {
            pointwise.lower(node);
        } else if (ConvolutionLowering.covers(node.operator())) {
            convolutions.lower(node);
        } else {
            addOther(node);
        }
    }

    private void addOther(Node node) {
        switch (node.operator()) {
            case IDENTITY, RESHAPE, FLATTEN, SQUEEZE, UNSQUEEZE ->
                    graph.lay(node.output(), graph.view(node.inputs().get(0)));
            case TRANSPOSE, SLICE, SPLIT, EXPAND, PAD, DEPTH_TO_SPACE, SPACE_TO_DEPTH -> move(node);
            case MATMUL -> products.matMul(node);
            case GEMM -> products.gemm(node);
            case REDUCE_MEAN, REDUCE_SUM, REDUCE_L2 -> products.reduce(node);
            case REDUCE_MAX -> products.reduceMax(node);
            default -> throw new LoweringException("node " + node.label() + ": the device does not compute "
                    + node.operator().onnxName());
        }
    }

    private void move(Node node) {
        float padding = node.attributes().real("value", 0);
        for (int output = 0; output < node.outputs().size(); output++) {
            Value moved = node.outputs().get(output);
            int[] sources = Movement.sources(node, output);
            if (node.operator() == Operator.PAD && padding != 0) {
                pad(node.inputs().get(0), moved, sources, padding);
            } else {
                graph.lay(moved, graph.view(node.inputs().get(0)).through(sources));
            }
        }
    }

    /** A view shows zero where nothing is; for any other padding the elements are moved. */
    private void pad(Value value, Value padded, int[] sources, float padding) {
        Step step = graph.begin(sources.length);
        Join join = new Join(graph, sources.length);
        join.fill(value, sources, padding);
        graph.define(step, padded, step.operand(join.operand()));
    }

    /** The network's output as a tensor of its own: never the input's, which the host overwrites. */
    private Tensor output(Value value) {
        if (value.isConstant()) {
            throw new LoweringException("output " + value + " does not depend on the measurements");
        }
        Tensor tensor = graph.inOrder(value);
        return tensor == graph.input() ? graph.copyOf(value) : tensor;
    }
}
