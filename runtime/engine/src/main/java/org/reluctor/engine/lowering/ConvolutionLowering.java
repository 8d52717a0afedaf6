package org.reluctor.engine.lowering;

import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.reluctor.network.Movement;
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
        if (geometry.group() == 1) {
            graph.lay(node.output(), group(node, geometry, 0, wanted(node, geometry)));
            return;
        }
        View[] parts = new View[geometry.group()];
        ImageLayout bare = ImageLayout.bare(geometry.groupOutputs(), geometry.to()[0], geometry.to()[1]);
        for (int group = 0; group < parts.length; group++) {
            parts[group] = group(node, geometry, group, bare);
        }
        join(node, parts);
    }

    /** One group's result, [channels of the group][positions], as a view of what is computed. */
    private View group(Node node, ConvolutionGeometry geometry, int group, ImageLayout output) {
        float[] weights = geometry.weights(node.inputs().get(1).floats(), group);
        ImageLayout layout = geometry.layout();
        Step step = graph.begin(new ConvolutionFactor(weights, geometry.window(), layout, output),
                input(node, geometry, group, layout));
        View view = new View(Value.computed(node.output().name() + ":image" + group,
                Shape.of(Shape.BATCH, output.channels(), output.height(), output.width())), places(output));
        int term = step.expression().product();
        if (node.inputs().size() > 2) {
            float[] bias = Arrays.copyOfRange(node.inputs().get(2).floats(), group * output.channels(),
                    (group + 1) * output.channels());
            Value constant = Value.constant(node.name() + ":bias" + group, Shape.of(bias.length, 1, 1), bias);
            term = step.expression().apply(Function.ADD, term, graph.read(step, constant, view.root().shape(),
                    view.inverse(output.features(), true)));
        }
        graph.define(step, view.root(), term);
        return view;
    }

    /** The input as the convolution wants it: as it lies, or a copy. */
    private Tensor input(Node node, ConvolutionGeometry geometry, int group, ImageLayout layout) {
        View view = graph.view(node.inputs().get(0));
        boolean asItLies = geometry.group() == 1 && !geometry.transposed() && graph.image(view.root()) != null
                && graph.image(view.root()).equals(layout) && Arrays.equals(view.places(), places(layout));
        if (asItLies) {
            return graph.stored(view.root());
        }
        return graph.copy(node.name() + ":input" + group, view.through(geometry.sources(layout, group)));
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
        ImageLayout wanted = ConvolutionGeometry.of(reader).layout();
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

    /** Brings the groups' results together: each is zero outside of its channels. */
    private void join(Node node, View[] parts) {
        Step step = graph.begin(StepGraph.features(node.output()));
        int perGroup = step.features() / parts.length;
        int sum = -1;
        for (int group = 0; group < parts.length; group++) {
            int[] sources = new int[step.features()];
            for (int at = 0; at < sources.length; at++) {
                sources[at] = at / perGroup == group ? parts[group].place(at % perGroup) : Movement.NOWHERE;
            }
            int term = step.operand(Operand.mapped(graph.stored(parts[group].root()), sources));
            sum = sum < 0 ? term : step.expression().apply(Function.ADD, sum, term);
        }
        graph.define(step, node.output(), sum);
    }
}
