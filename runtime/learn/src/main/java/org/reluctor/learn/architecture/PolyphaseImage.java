package org.reluctor.learn.architecture;

import org.reluctor.learn.algebra.Matrix;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.Value;

/**
 * {@link PolyphaseConvolution} for square images: x as [factor², side / factor, side / factor] (pixel-unshuffle, by
 * Reshape and Transpose), 3×3 kernels, features carried on, and beside the convolutions a dense branch that sees the
 * whole image: x += B·ReLU(A·x + a). Then the data-consistency step. Initial values as there; B ×0.1.
 *
 * @param side     of an image; n = side²
 * @param factor   of the unshuffle; divides the side
 * @param channels of the features
 * @param hidden   units of the dense branch; 0 leaves it out
 * @param phases   at least 1
 * @param seed     of the initial values
 */
public record PolyphaseImage(int side, int factor, int channels, int hidden, int phases, long seed) {
    public PolyphaseImage {
        if (side < 1 || factor < 1 || side % factor != 0 || channels < 1 || hidden < 0 || phases < 1) {
            throw new IllegalArgumentException("side " + side + ", factor " + factor + ", " + channels + " channels, "
                    + hidden + " hidden, " + phases + " phases: the factor must divide the side, the others be 1 or"
                    + " more");
        }
    }

    /**
     * The network before training.
     *
     * @param linear W, n×m
     */
    public TrainableNetwork assemble(String name, MeasurementMatrix measurement, Matrix linear,
            NetworkMetadata metadata) {
        RecoveryGraph graph = RecoveryGraph.ofImages(name, measurement, linear, side, seed);
        NetworkBuilder builder = graph.builder();
        Tokens tokens = new Tokens(side, factor);
        Value x = graph.linearStart();
        Value features = null;
        Value estimate = null;
        for (int phase = 1; phase <= phases; phase++) {
            String stem = "phase" + phase;
            Value seen = graph.convolution(stem + ".in", tokens.of(builder, x), channels, 1, true);
            features = features == null ? seen : builder.add(seen, features);
            Value inner = graph.convolution(stem + ".a", builder.relu(features), channels, 1, true);
            features = builder.add(features, graph.convolution(stem + ".b", builder.relu(inner), channels, 0.5, false));
            Value change = graph.convolution(stem + ".out", builder.relu(features), factor * factor, 0.01, false);
            estimate = builder.add(x, tokens.image(builder, change));
            estimate = hidden == 0 ? estimate : builder.add(estimate, graph.denseBranch(stem, x, hidden));
            x = graph.consistent(estimate);
        }
        return graph.finish(x, estimate, metadata);
    }
}
