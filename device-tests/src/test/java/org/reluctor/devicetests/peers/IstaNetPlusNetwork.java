package org.reluctor.devicetests.peers;

import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.Value;

/**
 * ISTA-Net+ (Zhang and Ghanem, 2018) at a measurement ratio of 25 %: blocks of 33×33 from 272 measurements, nine phases
 * of x ← x − λ(xΦᵀΦ − yΦ) and a {@link ConvolutionBlock}, from a start by a matrix of its own.
 */
final class IstaNetPlusNetwork {
    private static final int SIDE = 33;
    private static final int N = SIDE * SIDE;
    private static final int M = 272;
    private static final int PHASES = 9;
    private static final float STEP = 0.1f;

    private IstaNetPlusNetwork() {
    }

    static Subject build() {
        RandomWeights random = new RandomWeights(N);
        NetworkBuilder builder = new NetworkBuilder("ista-net-plus");
        float[] matrix = random.uniform(1.0 / M, M * N);
        float[] start = random.uniform(1.0 / M, M * N);
        Value y = builder.input("y", M);
        Value x = builder.matMul(y, builder.constant("start", start, M, N));
        Value back = builder.matMul(y, builder.constant("Phi", matrix, M, N));
        Value gram = builder.constant("PhiTPhi", gram(matrix), N, N);
        ConvolutionBlock block = new ConvolutionBlock(builder, random);
        for (int phase = 0; phase < PHASES; phase++) {
            Value step = builder.constant("step" + phase, new float[] {STEP}, 1);
            Value descended = builder.add(builder.sub(x, builder.mul(step, builder.matMul(x, gram))),
                    builder.mul(step, back));
            Value image = block.apply(builder.reshape(descended, 0, 1, SIDE, SIDE));
            x = builder.reshape(image, 0, N);
        }
        builder.output(x, "x");
        return Subject.dense(builder.build(NetworkMetadata.of(N, M, 1), null));
    }

    /** ΦᵀΦ. */
    private static float[] gram(float[] matrix) {
        float[] gram = new float[N * N];
        for (int row = 0; row < M; row++) {
            for (int i = 0; i < N; i++) {
                float factor = matrix[row * N + i];
                for (int j = 0; j < N; j++) {
                    gram[i * N + j] += factor * matrix[row * N + j];
                }
            }
        }
        return gram;
    }
}
