package org.reluctor.learn.architecture;

import org.reluctor.learn.algebra.Matrix;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.Value;

/**
 * TODO.
 */
public record PolyphaseMixer(int side, int factor, int channels, int hidden, int phases, long seed) {
    /**
     * The network before training.
     *
     * @param linear W, n×m
     */
    public TrainableNetwork assemble(String name, MeasurementMatrix measurement, Matrix linear,
            NetworkMetadata metadata) {
        RecoveryGraph graph = RecoveryGraph.ofImages(name, measurement, linear, side, seed);
        NetworkBuilder builder = graph.builder();
        int grid = side / factor;
        int tokens = grid * grid;
        int kin = Integer.getInteger("kin", 1);
        int kb = Integer.getInteger("kb", 1);
        int kout = Integer.getInteger("kout", 1);
        boolean mix = !Boolean.getBoolean("nomix");
        boolean dense = !Boolean.getBoolean("nodense");
        Value x = graph.linearStart();
        Value features = graph.filled("positions", 0, channels, grid, grid);
        if (dense) {
            Value seen = builder.gemm(graph.y(), graph.weights("seen", graph.m(), 2, channels * tokens, graph.m()),
                    null, true);
            features = builder.add(builder.reshape(seen, 0, channels, grid, grid), features);
        }
        Value estimate = null;
        for (int phase = 1; phase <= phases; phase++) {
            String stem = "phase" + phase;
            features = builder.add(graph.convolution(stem + ".in", unshuffled(builder, x), kin, channels, 1, true),
                    features);
            if (mix) {
                Value rows = builder.reshape(builder.relu(features), 0, channels, tokens);
                Value mixed = builder.matMul(rows, graph.weights(stem + ".mix", tokens, 0.5, tokens, tokens));
                features = builder.add(features, builder.reshape(mixed, 0, channels, grid, grid));
            }
            Value inner = graph.convolution(stem + ".a", builder.relu(features), 3, channels, 1, true);
            features = builder.add(features,
                    graph.convolution(stem + ".b", builder.relu(inner), kb, channels, 0.5, false));
            Value change = graph.convolution(stem + ".out", builder.relu(features), kout, factor * factor, 0.01,
                    false);
            estimate = builder.add(x, shuffled(builder, change));
            if (hidden > 0) {
                Value in = builder.relu(builder.gemm(x, graph.weights(stem + ".A", graph.n(), 1, hidden, graph.n()),
                        graph.filled(stem + ".A.b", 0, hidden), true));
                estimate = builder.add(estimate,
                        builder.gemm(in, graph.weights(stem + ".B", hidden, 0.1, graph.n(), hidden), null, true));
            }
            x = graph.consistent(estimate);
        }
        return graph.finish(x, estimate, metadata);
    }

    private Value unshuffled(NetworkBuilder builder, Value x) {
        int half = side / factor;
        Value split = builder.reshape(x, 0, half, factor, half, factor);
        return builder.reshape(builder.transpose(split, 0, 2, 4, 1, 3), 0, factor * factor, half, half);
    }

    private Value shuffled(NetworkBuilder builder, Value x) {
        int half = side / factor;
        Value split = builder.reshape(x, 0, factor, factor, half, half);
        return builder.reshape(builder.transpose(split, 0, 3, 1, 4, 2), 0, side * side);
    }
}
