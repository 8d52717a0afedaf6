package org.reluctor.devicetests.performance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.OnnxWriter;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;

/**
 * The network that is measured: the one that comes with Reluctor, or, in a tree without it, one of the same operations
 * and sizes with random weights.
 */
final class BenchNetwork {
    private static final String SHIPPED = "config/models/ecg-256x64-ista.onnx";
    private static final int N = 256;
    private static final int M = 64;
    private static final int PHASES = 3;

    private final Random random = new Random(7);
    private final MeasurementMatrix matrix = MeasurementMatrix.sparseBinary(M, N, 4, 1);

    private BenchNetwork() {
    }

    /** The network's file; one made here goes into {@code folder}. */
    static Path file(Path folder) throws IOException {
        Path shipped = Checkout.root().resolve(SHIPPED);
        if (Files.exists(shipped)) {
            return shipped;
        }
        Path made = folder.resolve("stand-in.onnx");
        OnnxWriter.write(new BenchNetwork().build(), made);
        return made;
    }

    private RecoveryNetwork build() {
        NetworkBuilder builder = new NetworkBuilder("stand-in");
        Value y = builder.input("y", M);
        Value start = builder.constant("W", weights(M, N), M, N);
        Value phi = builder.constant("PhiT", matrix.toTransposedArray(), N, M);
        builder.constant("Phi", matrix.toArray(), M, N);
        Value psi = builder.constant("Psi", weights(N, N), N, N);
        Value inverse = builder.constant("PsiT", weights(N, N), N, N);
        Value x = builder.matMul(y, start);
        Value estimate = x;
        for (int phase = 0; phase < PHASES; phase++) {
            Value threshold = builder.constant("t" + phase, new float[] {0.01f}, 1);
            Value z = builder.matMul(x, psi);
            Value soft = builder.sub(builder.relu(builder.sub(z, threshold)),
                    builder.relu(builder.sub(builder.neg(z), threshold)));
            estimate = builder.matMul(soft, inverse);
            Value rest = builder.sub(y, builder.matMul(estimate, phi));
            x = builder.add(estimate, builder.matMul(rest, start));
        }
        builder.output(x, "x");
        builder.output(estimate, RecoveryNetwork.ESTIMATE);
        NetworkMetadata metadata = NetworkMetadata.of(N, M, 1).withMatrix("Phi", matrix.id()).withSignal(360, "mV");
        return builder.build(metadata, matrix);
    }

    private float[] weights(int rows, int columns) {
        float[] elements = new float[rows * columns];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = (float) (random.nextGaussian() / Math.sqrt(2.0 * rows));
        }
        return elements;
    }
}
