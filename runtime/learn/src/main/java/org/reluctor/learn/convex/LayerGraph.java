package org.reluctor.learn.convex;

import org.reluctor.learn.algebra.Matrix;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.Value;

/** The parts that the graphs of gated and of ReLU layers share. */
final class LayerGraph {
    private LayerGraph() {
    }

    static Value constant(NetworkBuilder graph, String name, Matrix matrix) {
        return graph.constant(graph.unusedName(name), matrix.toFloats(), matrix.rows(), matrix.columns());
    }

    /** [x, 1] times weights whose last row is the bias. */
    static Value affine(NetworkBuilder graph, Value x, String name, Matrix weights) {
        float[] bias = HiddenUnits.bias(weights);
        return graph.gemm(x, constant(graph, name, HiddenUnits.withoutBias(weights)),
                graph.constant(graph.unusedName(name + ".bias"), bias, bias.length), false);
    }

    static Value readOut(NetworkBuilder graph, Value hidden, Matrix output, Matrix readout) {
        return graph.matMul(graph.matMul(hidden, constant(graph, "A", output)), constant(graph, "V", readout));
    }

    /** What a network without units adds. */
    static Value zero(NetworkBuilder graph, Value x, int width, int outputs) {
        return graph.matMul(x, constant(graph, "Z", Matrix.zero(width, outputs)));
    }
}
