package org.reluctor.learn.architecture;

import org.reluctor.learn.algebra.Matrix;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.Value;

/**
 * An unrolled network for signals: x = Wy, then phases of a convolutional ReLU denoiser on the signal's polyphase
 * components, which carries its features h on from phase to phase, and a data-consistency step. Of phase k, with μ the
 * mean of Wy:
 *
 * <pre>
 *   z = (x − μ) as [tokens, polyphase], transposed
 *   h += Conv(z), in the first phase plus a table of positions
 *   h += Conv(ReLU(Conv(ReLU(h))))
 *   x += untransposed Conv(ReLU(h))
 *   x += W(y − Φx)
 * </pre>
 *
 * <p>Kernels have three taps; nothing is shared between phases. Initial values: He; the second convolution of the
 * residual ×0.5, the output's ×0.01 (features grow from phase to phase: training begins near the
 * linear estimate), biases and positions 0.
 *
 * @param channels  of h
 * @param phases    at least 1
 * @param polyphase samples a token; divides n
 * @param seed      of the initial values
 */
public record PolyphaseConvolution(int channels, int phases, int polyphase, long seed) {
    /** 64 channels, 5 phases, 8 samples a token: 140,928 parameters for n = 256. */
    public static final PolyphaseConvolution FULL = new PolyphaseConvolution(64, 5, 8, 1);
    /** 48 channels, 2 phases: about 34,000. */
    public static final PolyphaseConvolution SMALL = new PolyphaseConvolution(48, 2, 8, 1);

    public PolyphaseConvolution {
        if (channels < 1 || phases < 1 || polyphase < 1) {
            throw new IllegalArgumentException(channels + " channels, " + phases + " phases, " + polyphase
                    + " samples a token; each must be 1 or more");
        }
    }

    /**
     * The network before training.
     *
     * @param linear W, n×m
     */
    public TrainableNetwork assemble(String name, MeasurementMatrix measurement, Matrix linear,
            NetworkMetadata metadata) {
        int n = measurement.columns();
        if (n % polyphase != 0) {
            throw new IllegalArgumentException("signals of " + n + " samples are no whole number of tokens of "
                    + polyphase);
        }
        RecoveryGraph graph = new RecoveryGraph(name, measurement, linear, seed);
        NetworkBuilder builder = graph.builder();
        Value x = graph.linearStart();
        Value mean = builder.reduceMean(x, 1);
        Value features = null;
        Value estimate = null;
        for (int phase = 1; phase <= phases; phase++) {
            String stem = "phase" + phase;
            Value tokens = builder.transpose(builder.reshape(builder.sub(x, mean), 0, n / polyphase, polyphase),
                    0, 2, 1);
            Value seen = graph.convolution(stem + ".in", tokens, channels, 1, true);
            features = builder.add(seen, features == null
                    ? graph.filled("positions", 0, channels, n / polyphase) : features);
            features = builder.add(features, residual(graph, stem, features));
            Value change = graph.convolution(stem + ".out", builder.relu(features), polyphase, 0.01, false);
            estimate = builder.add(x, builder.reshape(builder.transpose(change, 0, 2, 1), 0, n));
            x = graph.consistent(estimate);
        }
        return graph.finish(x, estimate, metadata);
    }

    private Value residual(RecoveryGraph graph, String stem, Value features) {
        NetworkBuilder builder = graph.builder();
        Value inner = graph.convolution(stem + ".a", builder.relu(features), channels, 1, true);
        return graph.convolution(stem + ".b", builder.relu(inner), channels, 0.5, false);
    }
}
