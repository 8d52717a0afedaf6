package org.reluctor.app.tuning;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.reluctor.network.Attributes;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;

/**
 * What is measured where the operator names no network: the kinds that recovery networks are made of, as small as they
 * can be while their weights lie where those of real ones do: in a core's cache, in the cache of all, and convolutions.
 */
public final class BuiltInWorkloads {
    private final SplittableRandom random = new SplittableRandom(1);

    private BuiltInWorkloads() {
    }

    /** Single frames, batches about the size from which frames are computed together, and large ones. */
    public static List<Workload> all() {
        BuiltInWorkloads built = new BuiltInWorkloads();
        RecoveryNetwork small = built.shrinkage(256, 64, 8);
        RecoveryNetwork large = built.shrinkage(512, 128, 16);
        RecoveryNetwork image = built.convolutions(24, 16, 4);
        List<Workload> all = new ArrayList<>();
        IntStream.of(1, 2, 4, 8, 16, 64).forEach(batch -> all.add(Workload.of(small, batch)));
        IntStream.of(1, 4, 64).forEach(batch -> all.add(Workload.of(large, batch)));
        IntStream.of(1, 16).forEach(batch -> all.add(Workload.of(image, batch)));
        return List.copyOf(all);
    }

    /** LISTA: x ← soft(Wx + By), with weights of its own in every iteration. */
    private RecoveryNetwork shrinkage(int n, int m, int iterations) {
        NetworkBuilder builder = new NetworkBuilder("shrinkage-" + n);
        Value y = builder.input("y", m);
        Value x = soft(builder, builder.matMul(y, weights(builder, "B0", 1.0 / m, m, n)));
        for (int i = 1; i <= iterations; i++) {
            x = soft(builder, builder.add(builder.matMul(x, weights(builder, "W" + i, 0.4 / n, n, n)),
                    builder.matMul(y, weights(builder, "B" + i, 1.0 / m, m, n))));
        }
        builder.output(x, "x");
        return builder.build();
    }

    /** ISTA-Net's step: convolutions with a Relu between, their result added to the image. */
    private RecoveryNetwork convolutions(int side, int channels, int steps) {
        NetworkBuilder builder = new NetworkBuilder("convolutions-" + side);
        Value y = builder.input("y", side * side);
        Value image = builder.reshape(y, 0, 1, side, side);
        for (int step = 0; step < steps; step++) {
            Value features = builder.relu(convolution(builder, image, 1, channels));
            features = builder.relu(convolution(builder, features, channels, channels));
            image = builder.add(image, convolution(builder, features, channels, 1));
        }
        builder.output(builder.reshape(image, 0, (long) side * side), "x");
        return builder.build();
    }

    private Value convolution(NetworkBuilder builder, Value x, int from, int to) {
        return builder.conv(x, weights(builder, builder.unusedName("C"), 0.3 / (9 * from), to, from, 3, 3), null,
                new Attributes(Map.of("pads", new long[] {1, 1, 1, 1})));
    }

    private static Value soft(NetworkBuilder builder, Value v) {
        Value threshold = builder.constant(builder.unusedName("t"), new float[] {0.001f}, 1);
        return builder.sub(builder.relu(builder.sub(v, threshold)),
                builder.relu(builder.sub(builder.neg(v), threshold)));
    }

    private Value weights(NetworkBuilder builder, String name, double variance, int... dims) {
        float[] weights = new float[IntStream.of(dims).reduce(1, Math::multiplyExact)];
        double most = Math.sqrt(3 * variance);
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) (most * (2 * random.nextDouble() - 1));
        }
        return builder.constant(name, weights, dims);
    }
}
