package org.reluctor.devicetests.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.reluctor.devicetests.study.PairGradients;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.unrectified.DenseNetwork;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;

/** Training by gradients of a fully connected network, what the study holds the un-rectified methods against. */
final class DenseGradients {
    private final PairGradients pairs;

    DenseGradients(PairGradients pairs) {
        this.pairs = pairs;
    }

    /** Trains from a start. */
    DenseNetwork train(DenseNetwork start, PairGradients.Schedule schedule) {
        RecoveryNetwork trained = pairs.train((graph, y, trainable) -> layers(start, graph, y, trainable),
                new TreeSet<>(), schedule);
        List<Matrix> all = new ArrayList<>();
        for (int layer = 0; layer <= start.hidden(); layer++) {
            int rows = start.weights(layer).rows();
            int columns = start.width(layer);
            Matrix weights = PairGradients.matrix(trained, weights(layer), rows - 1, columns);
            double[] values = Arrays.copyOf(weights.values(), rows * columns);
            System.arraycopy(PairGradients.matrix(trained, bias(layer), 1, columns).values(), 0, values,
                    (rows - 1) * columns, columns);
            all.add(Matrix.of(rows, columns, values));
        }
        return new DenseNetwork(all, false);
    }

    private static Value layers(DenseNetwork network, NetworkBuilder graph, Value y, Set<String> trainable) {
        Value activations = y;
        for (int layer = 0; layer <= network.hidden(); layer++) {
            Matrix all = network.weights(layer);
            int inputs = all.rows() - 1;
            trainable.addAll(List.of(weights(layer), bias(layer)));
            activations = graph.gemm(activations, graph.constant(weights(layer), all.rowRange(0, inputs).toFloats(),
                    inputs, all.columns()), graph.constant(bias(layer), all.rowRange(inputs, 1).toFloats(),
                            all.columns()), false);
            activations = layer == network.hidden() ? activations : graph.relu(activations);
        }
        return activations;
    }

    private static String weights(int layer) {
        return "W" + (layer + 1);
    }

    private static String bias(int layer) {
        return "b" + (layer + 1);
    }
}
