package org.reluctor.app;

import java.io.IOException;
import java.nio.file.Path;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.OnnxWriter;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;

/** Small networks as files, for tests. */
public final class TestNetworks {
    /** Measurements of {@link #transposed}. */
    public static final int M = 4;
    /** Samples of {@link #transposed}. */
    public static final int N = 8;

    private TestNetworks() {
    }

    /** Writes x = 3·relu(Φᵀ(y/2)) + 1 with its Φ: input scale 2, output scale 3, output offset 1. */
    public static Path transposed(Path file) throws IOException {
        OnnxWriter.write(transposed(), file);
        return file;
    }

    /** The network of {@link #transposed(Path)}. */
    public static RecoveryNetwork transposed() {
        MeasurementMatrix matrix = matrix();
        NetworkBuilder builder = new NetworkBuilder("transposed");
        Value y = builder.input("y", M);
        Value phi = builder.constant("phi", matrix.toArray(), M, N);
        builder.output(builder.relu(builder.matMul(y, phi)), "x");
        NetworkMetadata metadata = new NetworkMetadata(N, M, 1, "phi", matrix.id(), 3, 360, "mV", 2, 3, 1, "hand",
                "nothing", "none");
        return builder.build(metadata, matrix);
    }

    /** Φ of {@link #transposed}. */
    public static MeasurementMatrix matrix() {
        return MeasurementMatrix.sparseBinary(M, N, 2, 7);
    }
}
