package org.reluctor.devicetests.peers;

import java.util.Arrays;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.Value;

/**
 * LISTA (Gregor and LeCun, 2010) with weights of its own in every iteration: x₀ = soft(B₀y), then K times
 * x ← soft(Wₖx + Bₖy), soft(v) = Relu(v−t) − Relu(−v−t). Wₖ contracts however many
 * activations are not zero, as trained weights do; thresholds are set to the quantile of |v| on random frames that
 * leaves the wanted share of activations.
 */
final class ListaNetwork {
    /** Share of activations of the sparse kind: what lies above the 0.88 quantile. */
    static final double SPARSE = 0.12;
    private static final int FRAMES = 16;
    /** Of Wₖx over that of x. */
    private static final double RECURRENT_VARIANCE = 0.4;
    private static final float DENSE_THRESHOLD = 0.001f;

    private final int n;
    private final int m;
    private final double activity;
    private final RandomWeights random;
    private final NetworkBuilder builder;
    private final float[] frames;

    private ListaNetwork(int n, int m, double activity) {
        this.n = n;
        this.m = m;
        this.activity = activity;
        this.random = new RandomWeights(n);
        this.builder = new NetworkBuilder("lista-" + n);
        this.frames = random.uniform(1, FRAMES * m);
    }

    /**
     * Builds one.
     *
     * @param n        samples
     * @param m        measurements
     * @param k        iterations after the start
     * @param activity 1, or the share of activations that shall not be zero
     */
    static Subject build(int n, int m, int k, double activity) {
        return new ListaNetwork(n, m, activity).build(k);
    }

    private Subject build(int k) {
        Value y = builder.input("y", m);
        float[] b = random.uniform(1.0 / m, m * n);
        float[] sums = product(frames, b, new float[FRAMES * n]);
        Value x = soft(builder.matMul(y, builder.constant("B0", b, m, n)), 0, threshold(sums));
        for (int i = 1; i <= k; i++) {
            float[] w = random.uniform(RECURRENT_VARIANCE / n, n * n);
            b = random.uniform(1.0 / m, m * n);
            sums = product(sums, w, product(frames, b, new float[FRAMES * n]));
            Value sum = builder.add(builder.matMul(x, builder.constant("W" + i, w, n, n)),
                    builder.matMul(y, builder.constant("B" + i, b, m, n)));
            x = soft(sum, i, threshold(sums));
        }
        builder.output(x, "x");
        var network = builder.build(NetworkMetadata.of(n, m, 1), null);
        return new Subject(network, activity, Work.of(network, activity, name -> name.startsWith("W")));
    }

    private Value soft(Value v, int i, float threshold) {
        Value t = builder.constant("t" + i, new float[] {threshold}, 1);
        return builder.sub(builder.relu(builder.sub(v, t)), builder.relu(builder.sub(builder.neg(v), t)));
    }

    /** The threshold for these sums, to which it is applied here. */
    private float threshold(float[] sums) {
        float threshold = DENSE_THRESHOLD;
        if (activity < 1) {
            float[] sizes = new float[sums.length];
            for (int i = 0; i < sums.length; i++) {
                sizes[i] = Math.abs(sums[i]);
            }
            Arrays.sort(sizes);
            threshold = sizes[(int) (sizes.length * (1 - activity))];
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] = Math.copySign(Math.max(0, Math.abs(sums[i]) - threshold), sums[i]);
        }
        return threshold;
    }

    /** {@code onto} plus x·w, where x is [FRAMES, rows] and w is [rows, n]. */
    private float[] product(float[] x, float[] w, float[] onto) {
        int rows = x.length / FRAMES;
        for (int at = 0; at < x.length; at++) {
            int to = at / rows * n;
            int from = at % rows * n;
            float factor = x[at];
            for (int column = 0; factor != 0 && column < n; column++) {
                onto[to + column] += factor * w[from + column];
            }
        }
        return onto;
    }
}
