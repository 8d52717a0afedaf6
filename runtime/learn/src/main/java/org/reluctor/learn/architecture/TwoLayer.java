package org.reluctor.learn.architecture;

import org.reluctor.learn.algebra.Matrix;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.Value;

/**
 * The plain two-layer ReLU network beside the linear estimate: x = Wy + B·ReLU(A·y + a) + b. Initial values: He; B
 * ×0.1, biases 0.
 *
 * @param hidden units
 * @param seed   of the initial values
 */
public record TwoLayer(int hidden, long seed) {
    public TwoLayer {
        if (hidden < 1) {
            throw new IllegalArgumentException(hidden + " hidden units; 1 or more are right");
        }
    }

    /**
     * The network before training.
     *
     * @param linear W, n×m; all zero for the network alone
     */
    public TrainableNetwork assemble(String name, MeasurementMatrix measurement, Matrix linear,
            NetworkMetadata metadata) {
        RecoveryGraph graph = new RecoveryGraph(name, measurement, linear, seed);
        NetworkBuilder builder = graph.builder();
        Value inner = builder.relu(builder.gemm(graph.y(), graph.weights("A", graph.m(), 1, hidden, graph.m()),
                graph.filled("A.b", 0, hidden), true));
        Value nonlinear = builder.gemm(inner, graph.weights("B", hidden, 0.1, graph.n(), hidden),
                graph.filled("B.b", 0, graph.n()), true);
        return graph.finish(builder.add(graph.linearStart(), nonlinear), null, metadata);
    }
}
