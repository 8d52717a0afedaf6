package org.reluctor.devicetests.engine;

import java.util.Random;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;

/** Networks of the shapes that recovery networks have, with random weights, for comparing a device with float64. */
final class RandomNetworks {
    private final Random random;

    RandomNetworks(long seed) {
        this.random = new Random(seed);
    }

    /** Unrolled ISTA: x = W·y, then phases of transform, two-ReLU soft threshold, inverse, data consistency. */
    RecoveryNetwork ista(int n, int m, int phases) {
        NetworkBuilder builder = new NetworkBuilder("ista-" + n + "x" + m);
        Value y = builder.input("y", m);
        Value start = builder.constant("W", matrix(m, n), m, n);
        Value phi = builder.constant("Phi", matrix(n, m), n, m);
        Value psi = builder.constant("Psi", matrix(n, n), n, n);
        Value inverse = builder.constant("PsiT", matrix(n, n), n, n);
        Value x = builder.matMul(y, start);
        Value estimate = x;
        for (int phase = 0; phase < phases; phase++) {
            Value threshold = builder.constant("t" + phase, vector(n, 0.1f), n);
            Value z = builder.matMul(x, psi);
            Value soft = builder.sub(builder.relu(builder.sub(z, threshold)),
                    builder.relu(builder.sub(builder.neg(z), threshold)));
            estimate = builder.matMul(soft, inverse);
            Value rest = builder.sub(y, builder.matMul(estimate, phi));
            x = builder.add(estimate, builder.matMul(rest, start));
        }
        builder.output(x, "x");
        builder.output(estimate, RecoveryNetwork.ESTIMATE);
        return builder.build();
    }

    /** LISTA with untied weights: x = S_t(B·y + S·x), layer after layer. */
    RecoveryNetwork lista(int n, int m, int layers) {
        NetworkBuilder builder = new NetworkBuilder("lista-" + n + "x" + m);
        Value y = builder.input("y", m);
        Value threshold = builder.constant("t", new float[] {0.1f});
        Value x = null;
        for (int layer = 0; layer < layers; layer++) {
            Value z = builder.matMul(y, builder.constant("B" + layer, matrix(m, n), m, n));
            z = x == null ? z : builder.add(builder.matMul(x, builder.constant("S" + layer, matrix(n, n), n, n)), z);
            x = builder.sub(builder.relu(builder.sub(z, threshold)),
                    builder.relu(builder.sub(builder.neg(z), threshold)));
        }
        builder.output(x, "x");
        return builder.build();
    }

    /** A chain of random pointwise work with every kind of broadcast, products of several tokens, and reshapes. */
    RecoveryNetwork mixed() {
        int tokens = 1 + random.nextInt(5);
        int width = 1 + random.nextInt(40);
        int rows = 1 + random.nextInt(40);
        NetworkBuilder builder = new NetworkBuilder("mixed-" + tokens + "x" + width + "x" + rows);
        Value y = builder.input("y", tokens * width);
        Value grid = builder.reshape(y, 0, tokens, width);
        Value scaled = builder.mul(grid, builder.constant("gain", vector(tokens, 1), tokens, 1));
        Value first = builder.matMul(scaled, builder.constant("A", matrix(width, rows), width, rows));
        Value biased = builder.relu(builder.add(first, builder.constant("bias", vector(rows, 1), rows)));
        Value each = builder.matMul(biased, builder.constant("one", vector(rows, 1), rows, 1));
        Value signs = builder.sub(builder.sign(biased), builder.abs(builder.neg(each)));
        Value sum = builder.div(builder.add(signs, first), builder.constant("two", new float[] {2.5f}));
        Value flat = builder.flatten(sum);
        Value out = builder.gemm(flat, builder.constant("B", matrix(7, tokens * rows), 7, tokens * rows),
                builder.constant("c", vector(7, 1), 7), true);
        builder.output(builder.mul(out, out), "x");
        builder.output(sum, "sum");
        return builder.build();
    }

    float[] vector(int length, float scale) {
        float[] elements = new float[length];
        for (int i = 0; i < length; i++) {
            elements[i] = scale * (float) random.nextGaussian();
        }
        return elements;
    }

    private float[] matrix(int rows, int columns) {
        return vector(rows * columns, (float) (1 / Math.sqrt(rows)));
    }
}
