package org.reluctor.learn.architecture;

import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.Value;

/**
 * The phases that {@link PolyphaseImage} and {@link WholeImage} have in common: tokens are seen, features are changed
 * and carried on, the image is changed by them and by a dense branch, and made consistent with the measurements.
 *
 * @param side     of an image
 * @param factor   side of a token in pixels; divides the side
 * @param channels of the features
 * @param hidden   units of the dense branch; 0 leaves it out
 * @param phases   at least 1
 */
record ImagePhases(int side, int factor, int channels, int hidden, int phases) {
    ImagePhases {
        if (side < 1 || factor < 1 || side % factor != 0 || channels < 1 || hidden < 0 || phases < 1) {
            throw new IllegalArgumentException("side " + side + ", factor " + factor + ", " + channels + " channels, "
                    + hidden + " hidden, " + phases + " phases: the factor must divide the side, the others be 1 or"
                    + " more");
        }
    }

    /**
     * The network before training.
     *
     * @param positions whether a table of positions is the features before the first phase; else there are none
     * @param kernel    width of the convolutions other than the one that sees the neighbours, which is 3
     */
    TrainableNetwork assemble(RecoveryGraph graph, boolean positions, int kernel, NetworkMetadata metadata) {
        NetworkBuilder builder = graph.builder();
        Tokens tokens = new Tokens(side, factor);
        Value x = graph.linearStart();
        Value carried = positions ? graph.filled("positions", 0, channels, side / factor, side / factor) : null;
        Value estimate = null;
        for (int phase = 1; phase <= phases; phase++) {
            String stem = "phase" + phase;
            Value seen = graph.convolution(stem + ".in", tokens.of(builder, x), kernel, channels, 1, true);
            carried = carried == null ? seen : builder.add(seen, carried);
            Value inner = graph.convolution(stem + ".a", builder.relu(carried), 3, channels, 1, true);
            carried = builder.add(carried,
                    graph.convolution(stem + ".b", builder.relu(inner), kernel, channels, 0.5, false));
            Value change = graph.convolution(stem + ".out", builder.relu(carried), kernel, factor * factor, 0.01,
                    false);
            estimate = builder.add(x, tokens.image(builder, change));
            estimate = hidden == 0 ? estimate : builder.add(estimate, graph.denseBranch(stem, x, hidden));
            x = graph.consistent(estimate);
        }
        return graph.finish(x, estimate, metadata);
    }
}
