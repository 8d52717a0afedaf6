package org.reluctor.learn.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.app.inference.ReferenceInference;
import org.reluctor.learn.data.Channel;
import org.reluctor.learn.data.DataFolder;
import org.reluctor.learn.evaluation.Condition;
import org.reluctor.learn.evaluation.RecordEvaluation;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.OnnxReader;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;

/** The networks that are shipped with the project, and their cards. */
class ShippedModelTest {
    private static final Path MODELS = Path.of("..", "..", "config", "models");
    private static final long LARGEST = 3_000_000;

    private final RecoveryNetwork network = OnnxReader.read(MODELS.resolve("ecg-256x64-ista.onnx"));

    @Test
    void model_metadata_isCompleteAndItsMatrixComesFromThePublishedSeed() {
        assertEquals(256, network.metadata().n());
        assertEquals(64, network.metadata().m());
        assertEquals(360, network.metadata().sampleRateHz());
        assertEquals(MeasurementMatrix.sparseBinary(64, 256, 4, 15).id(), network.metadata().matrixId());
        assertEquals("mV", network.metadata().unit());
        assertTrue(network.estimate().isPresent());
        assertTrue(network.metadata().provenance().figures().contains("208"));
        String records = network.metadata().provenance().on().replaceAll(".*: ", "");
        assertTrue(Arrays.stream(records.split(" ")).noneMatch("208"::equals), "208 feeds the demonstration");
    }

    static Stream<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(MODELS)) {
            return all.filter(file -> file.toString().endsWith(".onnx")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void card_identities_areThoseOfTheFile(Path file) throws IOException {
        RecoveryNetwork shipped = OnnxReader.read(file);
        String card = Files.readString(Path.of(file.toString().replace(".onnx", ".md")), StandardCharsets.UTF_8);
        assertTrue(card.contains(shipped.sha256()), "SHA-256 of the file");
        assertTrue(card.contains(shipped.metadata().matrixId()), "matrix id");
        String command = shipped.metadata().provenance().by();
        assertTrue(card.contains(command.substring("reluctor ".length(), 60)), "the command");
        assertTrue(Files.size(file) <= LARGEST, "a network for the edge has at most " + LARGEST + " bytes");
    }

    @Test
    void model_record208_beatsItsLinearStart() {
        String data = System.getenv("RELUCTOR_DATA");
        Assumptions.assumeTrue(data != null, "skipped: RELUCTOR_DATA does not name a folder of recordings");
        Path nested = Path.of(data, "mitbih");
        Channel lead = DataFolder.open(Files.isDirectory(nested) ? nested : Path.of(data)).recording("208").channel(0);
        Channel minutes = new Channel(lead.name(), lead.unit(), lead.zero(), lead.gain(),
                Arrays.copyOf(lead.samples(), 600 * 256));
        double prd = prd(network, minutes);
        double linearPrd = prd(linearStart(), minutes);
        assertTrue(prd < 0.7 * linearPrd, "network " + prd + ", linear start " + linearPrd);
    }

    private static double prd(RecoveryNetwork network, Channel channel) {
        return new RecordEvaluation(network.matrix().orElseThrow(), new ReferenceInference(network)::recover,
                Condition.CLEAN, 1).recover("208", channel).figures().prd();
    }

    /** x̂ = W₀y from the file's own initializer. */
    private RecoveryNetwork linearStart() {
        Value start = network.nodes().get(0).inputs().get(1);
        assertEquals("W0", start.name());
        NetworkBuilder graph = new NetworkBuilder("linear");
        Value w = graph.constant("W0", start.floats(), 256, 64);
        graph.output(graph.gemm(graph.input("y", 64), w, null, true), "signal");
        return graph.build(network.metadata(), network.matrix().orElseThrow());
    }
}
