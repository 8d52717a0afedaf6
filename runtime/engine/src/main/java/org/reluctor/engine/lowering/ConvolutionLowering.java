package org.reluctor.engine.lowering;

import java.util.Arrays;
import org.reluctor.network.Movement;
import org.reluctor.network.Node;
import org.reluctor.network.Operator;
import org.reluctor.network.Shape;
import org.reluctor.network.Value;
import org.reluctor.opencl.operation.Function;

/**
 * Conv and ConvTranspose of any kernel, stride, padding, dilation and group as a product: each output position is a
 * token whose elements are the inputs under the kernel (im2col). The result lies position after position, and is seen
 * as ONNX has it, channel after channel, through a view.
 */
final class ConvolutionLowering {
    private final StepGraph graph;

    ConvolutionLowering(StepGraph graph) {
        this.graph = graph;
    }

    void lower(Node node) {
        ConvolutionGeometry geometry = ConvolutionGeometry.of(node);
        if (geometry.group() == 1) {
            graph.lay(node.output(), group(node, geometry, 0));
            return;
        }
        View[] parts = new View[geometry.group()];
        for (int group = 0; group < parts.length; group++) {
            parts[group] = group(node, geometry, group);
        }
        Step step = graph.begin(StepGraph.features(node.output()));
        int sum = -1;
        int perGroup = StepGraph.features(node.output()) / parts.length;
        for (int group = 0; group < parts.length; group++) {
            int[] places = new int[step.features()];
            for (int at = 0; at < places.length; at++) {
                places[at] = at / perGroup == group ? parts[group].place(at % perGroup) : Movement.NOWHERE;
            }
            int term = step.operand(Operand.mapped(graph.stored(parts[group].root()), places));
            sum = sum < 0 ? term : step.expression().apply(Function.ADD, sum, term);
        }
        graph.define(step, node.output(), sum);
    }

    /** One group's result, [channels of the group][positions], as a view of its product. */
    private View group(Node node, ConvolutionGeometry geometry, int group) {
        Value x = node.inputs().get(0);
        View columns = graph.view(x).through(geometry.columns(group));
        Tensor tensor = graph.copy(node.name() + ":columns" + group, columns);
        int channels = geometry.outputChannels() / geometry.group();
        int positions = geometry.positions();
        Step step = graph.begin(new MatrixFactor(geometry.weights(node.inputs().get(1).floats(), group), channels,
                geometry.columnElements(), false, positions, false), tensor);
        Value root = Value.computed(node.output().name() + ":positions" + group,
                Shape.of(Shape.BATCH, positions, channels));
        int term = step.expression().product();
        if (node.inputs().size() > 2) {
            float[] bias = Arrays.copyOfRange(node.inputs().get(2).floats(), group * channels,
                    (group + 1) * channels);
            Value constant = Value.constant(node.name() + ":bias" + group, Shape.of(channels), bias);
            term = step.expression().apply(Function.ADD, term, graph.read(step, constant, root.shape(), null));
        }
        graph.define(step, root, term);
        int[] places = new int[channels * positions];
        for (int at = 0; at < places.length; at++) {
            places[at] = at % positions * channels + at / positions;
        }
        return new View(root, places);
    }

    static boolean covers(Operator operator) {
        return operator == Operator.CONV || operator == Operator.CONV_TRANSPOSE;
    }
}
