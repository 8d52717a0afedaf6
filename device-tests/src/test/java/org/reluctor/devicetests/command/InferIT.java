package org.reluctor.devicetests.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.devicetests.ProjectFiles;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.Npy;
import org.reluctor.network.OnnxReader;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.ReferenceExecutor;

/** {@code reluctor infer} from .npy to .npy, against the float64 reference in the units that the metadata tell. */
class InferIT {
    /** Largest error as a share of the largest sample before the offset. */
    private static final double TOLERANCE = 1e-5;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int[] BATCHES = {1, 2, 7, 64, 1000};
    private static final String SHIPPED = "config/models/ecg-256x64-ista.onnx";

    @TempDir
    Path folder;

    static Stream<Arguments> networksAndFrames() {
        return Stream.of("shipped", "scaled").flatMap(network -> IntStream.of(BATCHES)
                .mapToObj(frames -> Arguments.of(network, frames)));
    }

    @ParameterizedTest(name = "{0} network, {1} frames")
    @MethodSource("networksAndFrames")
    void infer_framesInAFile_equalsTheReferenceInUnits(String network, int frames) throws Exception {
        Path model = network.equals("shipped") ? ProjectFiles.resolve(SHIPPED)
                : SmallNetworks.ista(folder.resolve("scaled.onnx"));
        RecoveryNetwork read = OnnxReader.read(model);
        NetworkMetadata metadata = read.metadata();
        float[] y = measurements(read, frames);
        Path input = folder.resolve("y.npy");
        Npy.write(input, y, frames, metadata.m());

        JsonNode result = infer(model, input, "--batch", "64", "--json").json("frames", "seconds", "device", "weights");

        Npy.FloatArray x = Npy.read(folder.resolve("x.npy"));
        assertArrayEquals(new int[] {frames, metadata.n()}, x.shape());
        double worst = worstError(read, y, x.data(), frames);
        System.out.printf("infer, %s network, %d frames: error %.2e of scale%n", network, frames, worst);
        assertTrue(worst <= TOLERANCE, "error " + worst + " of scale");
        assertEquals(frames, result.get("frames").asInt());
        assertTrue(result.get("seconds").asDouble() > 0, result.toString());
        assertFalse(result.get("device").asText().isEmpty());
        assertEquals("float32", result.get("weights").asText());
    }

    @Test
    void infer_batchesOfAnySize_giveTheSameSignals() throws Exception {
        Path model = SmallNetworks.ista(folder.resolve("scaled.onnx"));
        Path input = folder.resolve("y.npy");
        Npy.write(input, measurements(OnnxReader.read(model), 65), 65, 64);
        infer(model, input, "--batch", "64");
        float[] full = Npy.read(folder.resolve("x.npy")).data();
        infer(model, input, "--batch", "1");
        float[] single = Npy.read(folder.resolve("x.npy")).data();
        double scale = largest(full);
        for (int i = 0; i < full.length; i++) {
            assertEquals(full[i], single[i], TOLERANCE * scale);
        }
    }

    @Test
    void infer_oneFrameWithoutBatchDimension_isOneSignal() throws Exception {
        Path model = SmallNetworks.transposed(folder.resolve("transposed.onnx"));
        float[] y = new float[SmallNetworks.M];
        y[3] = 2.5f;
        Path input = folder.resolve("y.npy");
        Npy.write(input, y, SmallNetworks.M);
        infer(model, input);
        Npy.FloatArray x = Npy.read(folder.resolve("x.npy"));
        assertArrayEquals(new int[] {1, SmallNetworks.N}, x.shape());
        for (int column = 0; column < SmallNetworks.N; column++) {
            assertEquals(2.5f * SmallNetworks.matrix().at(3, column), x.data()[column]);
        }
    }

    private CommandResult infer(Path model, Path input, String... further) throws Exception {
        String[] command = Stream.concat(Stream.of("infer", "--model", model.toString(), "--input", input.toString(),
                "--output", folder.resolve("x.npy").toString()), Stream.of(further)).toArray(String[]::new);
        CommandResult result = ReluctorProcess.run(folder, LIMIT, command).expect(0);
        assertEquals("", result.err());
        return result;
    }

    /** Measurements of random signals with the network's own Φ, in the unit of its input. */
    private static float[] measurements(RecoveryNetwork network, int frames) {
        NetworkMetadata metadata = network.metadata();
        Random random = new Random(frames);
        float[] y = new float[frames * metadata.m()];
        float[] x = new float[metadata.n()];
        for (int frame = 0; frame < frames; frame++) {
            for (int i = 0; i < x.length; i++) {
                x[i] = (float) (metadata.inputScale() * random.nextGaussian());
            }
            network.matrix().orElseThrow().measure(x, 0, y, frame * metadata.m());
        }
        return y;
    }

    private static double worstError(RecoveryNetwork network, float[] y, float[] x, int frames) {
        NetworkMetadata metadata = network.metadata();
        double[] scaled = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            scaled[i] = y[i] / metadata.inputScale();
        }
        double[] expected = new ReferenceExecutor(network).run(scaled, frames).get(0);
        double scale = Double.MIN_NORMAL;
        double worst = 0;
        for (int i = 0; i < expected.length; i++) {
            double sample = metadata.outputScale() * expected[i];
            double error = Math.abs(sample + metadata.outputOffset() - x[i]);
            scale = Math.max(scale, Math.abs(sample));
            worst = Double.isNaN(error) ? Double.POSITIVE_INFINITY : Math.max(worst, error);
        }
        return worst / scale;
    }

    private static double largest(float[] values) {
        double largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
