package org.reluctor.learn.architecture;

import org.reluctor.learn.algebra.Matrix;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.Value;

/**
 * {@link PolyphaseImage} for pictures that are measured as a whole and are of one class, such as digits: where a token
 * lies matters, and so does the whole picture in every phase; most convolutions are 1×1, which buys more features and
 * phases for the same work. Before the first phase h is a table of positions; with x = Wy, of a phase:
 *
 * <pre>
 *   h += Conv1×1(x as tokens)
 *   h += Conv1×1(ReLU(Conv3×3(ReLU(h))))
 *   x += Conv1×1(ReLU(h)) as an image + B·ReLU(A·x + a)
 *   x += W(y − Φx)
 * </pre>
 *
 * <p>Initial values: He; the second convolution of the residual ×0.5, the output's ×0.01, B ×0.1, biases and positions
 * 0.
 *
 * @param side     of an image; n = side²
 * @param factor   side of a token in pixels; divides the side
 * @param channels of the features h
 * @param hidden   units of the dense branch; 0 leaves it out
 * @param phases   at least 1
 * @param seed     of the initial values
 */
public record WholeImage(int side, int factor, int channels, int hidden, int phases, long seed) {
    public WholeImage {
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
        Value features = graph.filled("positions", 0, channels, side / factor, side / factor);
        Value estimate = null;
        for (int phase = 1; phase <= phases; phase++) {
            String stem = "phase" + phase;
            Value seen = graph.convolution(stem + ".in", tokens.of(builder, x), 1, channels, 1, true);
            features = builder.add(seen, features);
            Value inner = graph.convolution(stem + ".a", builder.relu(features), 3, channels, 1, true);
            features = builder.add(features,
                    graph.convolution(stem + ".b", builder.relu(inner), 1, channels, 0.5, false));
            Value change = graph.convolution(stem + ".out", builder.relu(features), 1, factor * factor, 0.01, false);
            estimate = builder.add(x, tokens.image(builder, change));
            estimate = hidden == 0 ? estimate : builder.add(estimate, graph.denseBranch(stem, x, hidden));
            x = graph.consistent(estimate);
        }
        return graph.finish(x, estimate, metadata);
    }
}
