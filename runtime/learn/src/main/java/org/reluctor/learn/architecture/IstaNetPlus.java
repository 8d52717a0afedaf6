package org.reluctor.learn.architecture;

import org.reluctor.learn.algebra.Matrix;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.Value;

/**
 * ISTA-Net⁺ (Zhang and Ghanem, CVPR 2018, equations 11 to 13) for square images of one channel: x = Wy, then phases of
 * r = x + ρΦᵀ(y − Φx), x = r + G(F̃(soft(F(D(r)), θ))), F and F̃ two convolutions with a ReLU between, D and G one. The
 * loss is the signal's alone, without the term for F̃ being F's inverse. Initial values: He, G ×0.1; ρ = 0.5 for
 * orthonormal rows of Φ, θ = 0.01.
 *
 * @param side     of an image; n = side²
 * @param channels 32 in the paper
 * @param phases   9 in the paper
 * @param seed     of the initial values
 */
public record IstaNetPlus(int side, int channels, int phases, long seed) {
    public IstaNetPlus {
        if (side < 1 || channels < 1 || phases < 1) {
            throw new IllegalArgumentException("side " + side + ", " + channels + " channels, " + phases
                    + " phases; each must be 1 or more");
        }
    }

    /**
     * The network before training.
     *
     * @param linear W, n×m: the paper's least-squares start
     */
    public TrainableNetwork assemble(String name, MeasurementMatrix measurement, Matrix linear,
            NetworkMetadata metadata) {
        RecoveryGraph graph = RecoveryGraph.ofImages(name, measurement, linear, side, seed);
        NetworkBuilder builder = graph.builder();
        Value x = graph.linearStart();
        for (int phase = 1; phase <= phases; phase++) {
            String stem = "phase" + phase;
            Value step = builder.mul(graph.filled(stem + ".rho", 0.5, 1), graph.backProjected(x));
            Value r = builder.reshape(builder.add(x, step), 0, 1, side, side);
            Value seen = graph.convolution(stem + ".D", r, channels, 1, false);
            Value coefficients = twice(graph, stem + ".F", seen);
            Value theta = graph.filled(stem + ".theta", 0.01, 1);
            Value shrunk = builder.sub(builder.relu(builder.sub(coefficients, theta)),
                    builder.relu(builder.sub(builder.neg(coefficients), theta)));
            Value change = graph.convolution(stem + ".G", twice(graph, stem + ".I", shrunk), 1, 0.1, false);
            x = builder.reshape(builder.add(r, change), 0, side * side);
        }
        return graph.finish(x, null, metadata);
    }

    private Value twice(RecoveryGraph graph, String stem, Value x) {
        Value inner = graph.builder().relu(graph.convolution(stem + "1", x, channels, 1, false));
        return graph.convolution(stem + "2", inner, channels, 1, false);
    }
}
