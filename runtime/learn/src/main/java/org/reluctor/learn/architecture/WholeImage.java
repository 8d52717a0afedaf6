package org.reluctor.learn.architecture;

import org.reluctor.learn.algebra.Matrix;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkMetadata;

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
        new ImagePhases(side, factor, channels, hidden, phases);
    }

    /**
     * The network before training.
     *
     * @param linear W, n×m
     */
    public TrainableNetwork assemble(String name, MeasurementMatrix measurement, Matrix linear,
            NetworkMetadata metadata) {
        RecoveryGraph graph = RecoveryGraph.ofImages(name, measurement, linear, side, seed);
        return new ImagePhases(side, factor, channels, hidden, phases)
                .assemble(graph, true, 1, metadata);
    }
}
