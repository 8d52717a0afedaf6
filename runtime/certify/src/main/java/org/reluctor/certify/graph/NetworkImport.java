package org.reluctor.certify.graph;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.reluctor.certify.envelope.PiecewiseLinear;
import org.reluctor.certify.envelope.SmoothActivation;
import org.reluctor.certify.graph.AffineLayer.Term;
import org.reluctor.network.Movement;
import org.reluctor.network.Node;
import org.reluctor.network.Operator;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;

/**
 * A recovery network as layers of a graph, node by node, so that each layer rounds as its node does. Linear operators
 * keep their structure; soft thresholds are found again; Abs, Clip, Max and Min become ReLUs; what is neither affine
 * nor piecewise linear nor a known activation is refused with its place. One frame is one vector; the batch is not
 * there.
 */
public final class NetworkImport {
    /** A device's tanh and exponential function are within some units of the last place (OpenCL C 3.0, 7.4). */
    private static final Float32Rounding OF_ACTIVATION = new Float32Rounding(32, 0);

    private final RecoveryNetwork network;
    private final Map<Value, Node> makers = new IdentityHashMap<>();
    private final Set<Value> needed = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Prepares the import of a network. */
    public NetworkImport(RecoveryNetwork network) {
        this.network = network;
        network.nodes().forEach(node -> node.outputs().forEach(output -> makers.put(output, node)));
        needed.addAll(network.outputs());
        for (int at = network.nodes().size() - 1; at >= 0; at--) {
            Node node = network.nodes().get(at);
            if (node.outputs().stream().anyMatch(needed::contains)) {
                SoftThreshold.of(node, makers).ifPresentOrElse(threshold -> needed.add(threshold.x()),
                        () -> needed.addAll(node.inputs()));
            }
        }
    }

    /** How a node is named in messages. */
    static String place(Node node) {
        return "node " + node.label() + " (" + node.operator().onnxName() + ")";
    }

    /**
     * Adds the network to a graph.
     *
     * @param builder of the graph
     * @param input   the layer that feeds it, in the network's own units
     * @return the layers of the network's outputs, in its order
     * @throws RefusedNetworkException if a node cannot be certified
     */
    public List<Integer> append(LayerGraph.Builder builder, int input) {
        Map<Value, Integer> layers = new IdentityHashMap<>();
        layers.put(network.input(), input);
        NodeLayers nodes = new NodeLayers(builder, layers);
        for (Node node : network.nodes()) {
            if (node.outputs().stream().anyMatch(needed::contains)) {
                add(node, nodes, layers, builder);
            }
        }
        return network.outputs().stream().map(layers::get).toList();
    }

    private void add(Node node, NodeLayers nodes, Map<Value, Integer> layers, LayerGraph.Builder builder) {
        if (node.operator() == Operator.SPLIT) {
            for (int output = 0; output < node.outputs().size(); output++) {
                layers.put(node.outputs().get(output), nodes.moved(node, Movement.sources(node, output)));
            }
            return;
        }
        layers.put(node.output(), SoftThreshold.of(node, makers).map(threshold -> nodes.shrunk(node, threshold))
                .orElseGet(() -> layer(node, nodes, builder)));
    }

    private int layer(Node node, NodeLayers nodes, LayerGraph.Builder builder) {
        return switch (node.operator()) {
            case RELU -> builder.activation(nodes.input(node), PiecewiseLinear.RELU);
            case LEAKY_RELU -> rounded(builder, builder.activation(nodes.input(node), leaky(node)));
            case TANH -> rounded(builder, builder.activation(nodes.input(node), SmoothActivation.TANH));
            case SIGMOID -> rounded(builder, builder.activation(nodes.input(node), SmoothActivation.SIGMOID));
            case IDENTITY, RESHAPE, FLATTEN, SQUEEZE, UNSQUEEZE -> nodes.input(node);
            case TRANSPOSE, SLICE, EXPAND, PAD, DEPTH_TO_SPACE, SPACE_TO_DEPTH ->
                    nodes.moved(node, Movement.sources(node, 0));
            case CONCAT -> nodes.joined(node);
            case MATMUL, GEMM, CONV, CONV_TRANSPOSE, REDUCE_SUM, REDUCE_MEAN -> nodes.product(node);
            case ADD, SUB -> nodes.sum(node);
            case MUL, DIV -> nodes.scaled(node);
            case NEG -> nodes.negated(node);
            case ABS -> nodes.absolute(node);
            case CLIP -> nodes.clipped(node);
            case MAX, MIN -> nodes.extreme(node);
            default -> throw new RefusedNetworkException(place(node) + " cannot be certified; right are affine"
                    + " operators, Relu, LeakyRelu, Abs, Clip, Max, Min, Tanh, Sigmoid and soft thresholds written as"
                    + " Sign(x) * Relu(Abs(x) - t)");
        };
    }

    private static PiecewiseLinear leaky(Node node) {
        double alpha = node.attributes().real("alpha", 0.01f);
        if (!(alpha >= 0 && alpha <= 1)) {
            throw new RefusedNetworkException(place(node) + " has alpha " + alpha + "; must be from 0 to 1");
        }
        return new PiecewiseLinear(alpha);
    }

    /** An activation that the device computes with an error of its own. */
    private static int rounded(LayerGraph.Builder builder, int activation) {
        int size = builder.size(activation);
        return builder.affine(List.of(new Term(activation, SparseMap.scaling(size, 1))), new double[size],
                OF_ACTIVATION);
    }
}
