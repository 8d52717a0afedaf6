package org.reluctor.learn.architecture;

import org.reluctor.learn.algebra.Matrix;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.Value;

/**
 * An unrolled network of dense phases: x = Wy, then x += B·ReLU(A·x + a) + b and the data-consistency step
 * x += W(y − Φx). Initial values: He; B ×0.1, biases 0.
 *
 * @param hidden units of a phase
 * @param phases at least 1
 * @param seed   of the initial values
 */
public record UnrolledDense(int hidden, int phases, long seed) {
    public UnrolledDense {
        if (hidden < 1 || phases < 1) {
            throw new IllegalArgumentException(hidden + " hidden units, " + phases + " phases; 1 or more are right");
        }
    }

    /**
     * The network before training.
     *
     * @param linear W, n×m
     */
    public TrainableNetwork assemble(String name, MeasurementMatrix measurement, Matrix linear,
            NetworkMetadata metadata) {
        RecoveryGraph graph = new RecoveryGraph(name, measurement, linear, seed);
        NetworkBuilder builder = graph.builder();
        int n = graph.n();
        Value x = graph.linearStart();
        Value estimate = null;
        for (int phase = 1; phase <= phases; phase++) {
            String stem = "phase" + phase;
            Value inner = builder.relu(builder.gemm(x, graph.weights(stem + ".A", n, 1, hidden, n),
                    graph.filled(stem + ".A.b", 0, hidden), true));
            estimate = builder.add(x, builder.gemm(inner, graph.weights(stem + ".B", hidden, 0.1, n, hidden),
                    graph.filled(stem + ".B.b", 0, n), true));
            x = graph.consistent(estimate);
        }
        return graph.finish(x, estimate, metadata);
    }
}
