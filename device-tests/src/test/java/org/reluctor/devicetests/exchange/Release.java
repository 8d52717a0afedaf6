package org.reluctor.devicetests.exchange;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.Random;
import org.reluctor.app.inference.ReferenceInference;
import org.reluctor.app.trust.NetworkManifest;
import org.reluctor.devicetests.UnrolledIsta;
import org.reluctor.devicetests.fuzz.NetworkSigner;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.OnnxReader;
import org.reluctor.network.OnnxWriter;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;

/**
 * One version of a network, an unrolled ISTA: its weights and scale differ from version to version, so that a signal
 * tells who made it, and every twentieth time its thresholds, so that the device has kernels to compile.
 */
final class Release {
    static final String NAME = "live.onnx";
    static final String MANIFEST = NetworkManifest.nameFor(NAME);
    static final String SIGNATURE = MANIFEST + NetworkManifest.SIGNATURE_ENDING;
    static final NetworkSigner SIGNER = new NetworkSigner(1);
    static final MeasurementMatrix MATRIX = MeasurementMatrix.sparseBinary(64, 256, 4, 3);

    private static final int PHASES = 3;
    /** So many versions have the same thresholds, and thereby the same kernels. */
    private static final int SAME_KERNELS = 20;
    private static final int SCALES = 40;
    private static final int DISTINCT = 16;
    private static final float[][] MEASURED = measured();

    private final int version;
    private final byte[] content;
    private final long modelId;
    private final float[][] signals = new float[DISTINCT][];

    private Release(int version, byte[] content) {
        this.version = version;
        this.content = content;
        RecoveryNetwork network = OnnxReader.read(content, NAME);
        this.modelId = network.modelId();
        ReferenceInference reference = new ReferenceInference(network);
        for (int i = 0; i < DISTINCT; i++) {
            signals[i] = reference.recover(MEASURED[i], 1);
        }
    }

    /** The release with that number. */
    static Release of(int version) {
        return new Release(version, OnnxWriter.encode(network(version, MATRIX, "mV")));
    }

    /** Its network, for that Φ and unit. */
    static RecoveryNetwork network(int version, MeasurementMatrix matrix, String unit) {
        Random random = new Random(version);
        int m = matrix.rows();
        int n = matrix.columns();
        NetworkBuilder builder = new NetworkBuilder("live-" + version);
        Value y = builder.input("y", m);
        Value phi = builder.transpose(builder.constant("phi", matrix.toArray(), m, n), 1, 0);
        Value start = builder.constant("start", scaled(matrix.toArray(), 0.15f), m, n);
        Value psi = builder.constant("psi", gaussian(random, n), n, n);
        Value inverse = builder.constant("inverse", gaussian(random, n), n, n);
        float[] thresholds = new float[PHASES];
        for (int phase = 0; phase < PHASES; phase++) {
            thresholds[phase] = threshold(version, phase);
        }
        new UnrolledIsta(y, start, phi, psi, inverse).addTo(builder, thresholds);
        NetworkMetadata metadata = NetworkMetadata.of(n, m, 1).withMatrix("phi", matrix.id()).withSignal(360, unit)
                .withScales(1, 1 + 0.02 * (version % SCALES), 0);
        return builder.build(metadata, matrix);
    }

    private static float threshold(int version, int phase) {
        return 0.02f + 1e-3f * (version / SAME_KERNELS + phase);
    }

    private static float[] scaled(float[] elements, float by) {
        for (int i = 0; i < elements.length; i++) {
            elements[i] *= by;
        }
        return elements;
    }

    private static float[] gaussian(Random random, int size) {
        float[] elements = new float[size * size];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = (float) (random.nextGaussian() / Math.sqrt(1.5 * size));
        }
        return elements;
    }

    private static float[][] measured() {
        float[][] all = new float[DISTINCT][MATRIX.rows()];
        Random random = new Random(1);
        for (float[] y : all) {
            float[] x = new float[MATRIX.columns()];
            double phase = random.nextDouble();
            for (int i = 0; i < x.length; i++) {
                x[i] = (float) Math.sin(0.05 * i + 6 * phase);
            }
            MATRIX.measure(x, 0, y, 0);
        }
        return all;
    }

    /** Measurements of the frame with that number. */
    static float[] measurements(long seq) {
        return MEASURED[(int) (seq % DISTINCT)];
    }

    /** What float64 makes of that frame. */
    float[] signal(long seq) {
        return signals[(int) (seq % DISTINCT)];
    }

    int version() {
        return version;
    }

    long modelId() {
        return modelId;
    }

    /** Puts it into a folder, as an operator does: the network, its manifest, and the signature last. */
    void put(Path folder) throws IOException, GeneralSecurityException {
        put(folder, content, version, SIGNER);
    }

    /** Any content under any version, signed by anybody. */
    static void put(Path folder, byte[] content, int version, NetworkSigner signer)
            throws IOException, GeneralSecurityException {
        Files.deleteIfExists(folder.resolve(NAME));
        Files.write(folder.resolve(NAME), content);
        NetworkManifest manifest = new NetworkManifest(version, NetworkManifest.Part.of(NAME, content),
                Optional.empty());
        sign(folder, manifest.text(), signer);
    }

    /** Any manifest, signed by anybody. */
    static void sign(Path folder, String manifest, NetworkSigner signer)
            throws IOException, GeneralSecurityException {
        byte[] bytes = manifest.getBytes(StandardCharsets.UTF_8);
        Files.write(folder.resolve(MANIFEST), bytes);
        Files.write(folder.resolve(SIGNATURE), signer.signature(bytes));
    }

    byte[] content() {
        return content;
    }
}
