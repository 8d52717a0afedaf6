package org.reluctor.devicetests.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.reluctor.devicetests.UnrolledIsta;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.OnnxWriter;
import org.reluctor.network.Value;

/** Networks as files, of which a test knows what must come out. */
public final class SmallNetworks {
    /** Samples of {@link #transposed}. */
    public static final int N = 32;
    /** Measurements of {@link #transposed}. */
    public static final int M = 16;
    /** Name of Φ in {@link #transposed}. */
    public static final String PHI = "phi";
    private static final MeasurementMatrix MATRIX = MeasurementMatrix.sparseBinary(M, N, 4, 11);

    private SmallNetworks() {
    }

    /** Writes x = Φᵀy, whose every element is a sum of four measurements. */
    public static Path transposed(Path file) throws IOException {
        MeasurementMatrix matrix = matrix();
        NetworkBuilder builder = new NetworkBuilder("transposed");
        Value y = builder.input("y", M);
        Value phi = builder.constant(PHI, matrix.toArray(), M, N);
        builder.output(builder.matMul(y, phi), "x");
        NetworkMetadata metadata = NetworkMetadata.of(N, M, 1).withMatrix(PHI, matrix.id()).withSignal(360, "mV");
        OnnxWriter.write(builder.build(metadata, matrix), file);
        return file;
    }

    /** Φ of {@link #transposed}. */
    public static MeasurementMatrix matrix() {
        return MATRIX;
    }

    /** What {@link #transposed} makes of measurements: exact in float32 where they are small whole numbers. */
    public static float[] transposed(float[] y) {
        float[] x = new float[N];
        for (int column = 0; column < N; column++) {
            for (int row : MATRIX.rowsOfColumn(column)) {
                x[column] += y[row];
            }
        }
        return x;
    }

    /** Unrolled ISTA of 256 samples from 64 measurements, in units of its own at both ends, with an estimate. */
    public static Path ista(Path file) throws IOException {
        Random random = new Random(5);
        MeasurementMatrix matrix = MeasurementMatrix.sparseBinary(64, 256, 4, 3);
        NetworkBuilder builder = new NetworkBuilder("scaled-ista");
        Value y = builder.input("y", 64);
        Value start = builder.constant("W", gaussian(random, 64, 256), 64, 256);
        builder.constant(PHI, matrix.toArray(), 64, 256);
        Value phi = builder.constant("phiT", matrix.toTransposedArray(), 256, 64);
        Value psi = builder.constant("psi", gaussian(random, 256, 256), 256, 256);
        Value inverse = builder.constant("psiT", gaussian(random, 256, 256), 256, 256);
        new UnrolledIsta(y, start, phi, psi, inverse).addTo(builder, 0.02f, 0.02f);
        NetworkMetadata metadata = NetworkMetadata.of(256, 64, 1).withMatrix(PHI, matrix.id()).withSignal(360, "uV")
                .withScales(250, 40, -3);
        OnnxWriter.write(builder.build(metadata, matrix), file);
        return file;
    }

    /** Relu(G·Φᵀy) of 256 samples from 64 measurements: with large ones Φᵀy is infinite and G·Φᵀy is no number. */
    public static Path overflowing(Path file) throws IOException {
        MeasurementMatrix matrix = MeasurementMatrix.sparseBinary(64, 256, 4, 3);
        NetworkBuilder builder = new NetworkBuilder("overflowing");
        Value y = builder.input("y", 64);
        Value x = builder.matMul(y, builder.constant(PHI, matrix.toArray(), 64, 256));
        Value mixed = builder.matMul(x, builder.constant("G", gaussian(new Random(8), 256, 256), 256, 256));
        builder.output(builder.relu(mixed), "x");
        NetworkMetadata metadata = NetworkMetadata.of(256, 64, 1).withMatrix(PHI, matrix.id()).withSignal(360, "mV");
        OnnxWriter.write(builder.build(metadata, matrix), file);
        return file;
    }

    /**
     * Layers of 512 with 7 MB of weights, more than a core's cache: it is launched otherwise than small ones. Work on
     * single elements stands before and behind its products.
     */
    public static Path wide(Path file) throws IOException {
        Random random = new Random(6);
        NetworkBuilder builder = new NetworkBuilder("wide");
        Value y = builder.input("y", 64);
        Value root = builder.sqrt(builder.abs(y));
        Value x = builder.relu(builder.matMul(root, builder.constant("B", gaussian(random, 64, 512), 64, 512)));
        for (int layer = 0; layer < 7; layer++) {
            Value w = builder.constant("W" + layer, gaussian(random, 512, 512), 512, 512);
            x = builder.relu(builder.sub(builder.matMul(x, w), builder.sigmoid(builder.neg(x))));
        }
        builder.output(builder.sub(x, builder.reduceMean(x, 1)), "x");
        OnnxWriter.write(builder.build(NetworkMetadata.of(512, 64, 1), null), file);
        return file;
    }

    private static float[] gaussian(Random random, int rows, int columns) {
        float[] elements = new float[rows * columns];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = (float) (random.nextGaussian() / Math.sqrt(2.0 * rows));
        }
        return elements;
    }
}
