package org.reluctor.engine.lowering;

import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.reluctor.network.Node;
import org.reluctor.network.Operator;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Shape;
import org.reluctor.network.Value;
import org.reluctor.opencl.operation.Function;
import org.reluctor.opencl.operation.ImageLayout;

/**
 * Conv and ConvTranspose. Images lie position after position with their padding around them; a result is laid as the
 * convolution that reads it next wants it, so that there is nothing to copy between them.
 */
final class ConvolutionLowering {
    private final StepGraph graph;
    private final Map<Value, Node> readers = new IdentityHashMap<>();
    private final Map<ImageLayout, int[]> places = new HashMap<>();

    ConvolutionLowering(StepGraph graph, RecoveryNetwork network) {
        this.graph = graph;
        for (Node node : network.nodes()) {
            if (covers(node.operator()) || PointwiseLowering.covers(node.operator())) {
                node.inputs().forEach(value -> readers.putIfAbsent(value, node));
            }
        }
    }

    static boolean covers(Operator operator) {
        return operator == Operator.CONV || operator == Operator.CONV_TRANSPOSE;
    }

    void lower(Node node) {
        ConvolutionGeometry geometry = ConvolutionGeometry.of(node);
        Value kernel = node.inputs().get(1);
        if (!Sparsity.allFinite(kernel.floats())) {
            // Padding lies in memory as zeros, and would contribute NaN.
            throw new LoweringException("node " + node.label() + ": its weights " + kernel
                    + " are not all finite; a convolution's must be");
        }
        ImageLayout layout = layout(node, geometry);
        ImageLayout output = wanted(node, geometry);
        Step step = graph.begin(new ConvolutionFactor(geometry.weights(kernel.floats()), geometry.window(), layout,
                output), input(node, geometry, layout));
        View view = new View(Value.computed(node.output().name() + ":image",
                Shape.of(Shape.BATCH, output.channels(), output.height(), output.width())), places(output));
        int term = step.expression().product();
        if (node.inputs().size() > 2) {
            Value bias = Value.constant(node.name() + ":bias", Shape.of(output.channels(), 1, 1),
                    node.inputs().get(2).floats());
            term = step.expression().apply(Function.ADD, term, graph.read(step, bias, view.root().shape(),
                    view.inverse(output.features(), true)));
        }
        graph.define(step, view.root(), term);
        graph.lay(node.output(), view);
    }

    private static ImageLayout layout(Node node, ConvolutionGeometry geometry) {
        try {
            return geometry.layout();
        } catch (LoweringException tooLarge) {
            throw new LoweringException("node " + node.label() + ": " + tooLarge.getMessage());
        }
    }

    /** The input as the convolution wants it: as it lies, or a copy. */
    private Tensor input(Node node, ConvolutionGeometry geometry, ImageLayout layout) {
        View view = graph.view(node.inputs().get(0));
        boolean asItLies = !geometry.transposed() && graph.image(view.root()) != null
                && graph.image(view.root()).equals(layout) && Arrays.equals(view.places(), places(layout));
        return asItLies ? graph.stored(view.root())
                : graph.copy(node.name() + ":input", view.through(geometry.sources(layout)));
    }

    /** The layout in which the next convolution reads a result, through pointwise nodes of its shape. */
    private ImageLayout wanted(Node node, ConvolutionGeometry geometry) {
        ImageLayout bare = ImageLayout.bare(geometry.outputs(), geometry.to()[0], geometry.to()[1]);
        Node reader = readers.get(node.output());
        while (reader != null && !covers(reader.operator())
                && reader.output().shape().equals(node.output().shape())) {
            reader = readers.get(reader.output());
        }
        if (reader == null || reader.operator() != Operator.CONV) {
            return bare;
        }
        ImageLayout wanted = layout(reader, ConvolutionGeometry.of(reader));
        boolean fits = wanted.channels() == bare.channels() && wanted.height() == bare.height()
                && wanted.width() == bare.width();
        return fits ? wanted : bare;
    }

    /** Where the elements [channel][y][x] lie; one array for each layout, so that views of it are seen to be equal. */
    private int[] places(ImageLayout layout) {
        return places.computeIfAbsent(layout, key -> {
            int[] list = new int[key.channels() * key.height() * key.width()];
            for (int at = 0; at < list.length; at++) {
                list[at] = key.place(at / (key.height() * key.width()), at / key.width() % key.height(),
                        at % key.width());
            }
            return list;
        });
    }
}
