package org.reluctor.devicetests.peers;

import java.util.Map;
import org.reluctor.network.Attributes;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.Value;

/**
 * The network for electrocardiograms: 256 samples from 64 measurements, five phases. Samples go by eight to the
 * channels of a short sequence, a residual pair of convolutions over 64 channels improves a hidden state that all
 * phases share, its correction is added to the signal, and W(y − Φx) brings that back to the measurements. 140,928
 * weights beside Φ and W, 4.6 million multiplications a frame, about 70 nodes.
 *
 * <p>Φ is the sparse binary matrix of the field; W is Φᵀ/64, a stable step, in place of the learned projection.
 */
final class EcgNetwork {
    private static final int N = 256;
    private static final int M = 64;
    private static final int PHASES = 5;
    private static final int CHANNELS = 64;
    private static final int TOKENS = 32;
    private static final int SAMPLES = N / TOKENS;
    private static final int KERNEL = 3;
    private static final Attributes SAME = new Attributes(Map.of("pads", new long[] {1, 1}));

    private final RandomWeights random = new RandomWeights(CHANNELS);
    private final NetworkBuilder builder = new NetworkBuilder("ecg");
    private int convolutions;

    private EcgNetwork() {
    }

    static Subject build() {
        return new EcgNetwork().network();
    }

    private Subject network() {
        MeasurementMatrix matrix = MeasurementMatrix.sparseBinary(M, N, 4, 1);
        Value y = builder.input("y", M);
        Value w = builder.constant("W", scaled(matrix.toArray(), 1f / M), M, N);
        Value phiT = builder.constant("PhiT", matrix.toTransposedArray(), N, M);
        Value x = builder.matMul(y, w);
        Value mean = builder.reduceMean(x, 1);
        Value hidden = null;
        for (int phase = 0; phase < PHASES; phase++) {
            Value z = builder.transpose(builder.reshape(builder.sub(x, mean), 0, TOKENS, SAMPLES), 0, 2, 1);
            Value entered = convolution(z, SAMPLES, CHANNELS, true, 1);
            hidden = hidden == null ? builder.add(entered, builder.constant("position",
                    random.uniform(0.01, CHANNELS * TOKENS), CHANNELS, TOKENS)) : builder.add(hidden, entered);
            Value inner = convolution(builder.relu(hidden), CHANNELS, CHANNELS, true, 2);
            hidden = builder.add(hidden, convolution(builder.relu(inner), CHANNELS, CHANNELS, false, 0.5));
            Value correction = convolution(builder.relu(hidden), CHANNELS, SAMPLES, false, 0.02);
            x = builder.add(x, builder.reshape(builder.transpose(correction, 0, 2, 1), 0, N));
            x = builder.add(x, builder.matMul(builder.sub(y, builder.matMul(x, phiT)), w));
        }
        builder.output(x, "x");
        return Subject.dense(builder.build(NetworkMetadata.of(N, M, 1), null));
    }

    private Value convolution(Value x, int from, int to, boolean biased, double gain) {
        String name = "conv" + convolutions++;
        Value bias = biased ? builder.constant(name + ".bias", random.uniform(0.01, to), to) : null;
        float[] weights = random.uniform(gain / (from * KERNEL), to * from * KERNEL);
        return builder.conv(x, builder.constant(name + ".weight", weights, to, from, KERNEL), bias, SAME);
    }

    private static float[] scaled(float[] elements, float factor) {
        for (int i = 0; i < elements.length; i++) {
            elements[i] *= factor;
        }
        return elements;
    }
}
