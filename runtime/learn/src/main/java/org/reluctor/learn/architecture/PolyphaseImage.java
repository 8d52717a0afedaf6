package org.reluctor.learn.architecture;

import org.reluctor.learn.algebra.Matrix;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkMetadata;

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
                .assemble(graph, false, 3, metadata);
    }
}
