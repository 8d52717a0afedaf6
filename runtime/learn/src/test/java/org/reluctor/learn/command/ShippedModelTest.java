package org.reluctor.learn.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    private static final long MOST_BYTES = 3_000_000;

    private static RecoveryNetwork network(String name) {
        return OnnxReader.read(MODELS.resolve(name + ".onnx"));
    }

    static Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(MODELS)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(".onnx")).map(file -> file.replace(".onnx", "")).sorted().toList();
            return names.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void card_identities_areThoseOfTheFile(String name) throws IOException {
        String card = Files.readString(MODELS.resolve(name + ".md"), StandardCharsets.UTF_8);
        RecoveryNetwork network = network(name);
        assertTrue(card.contains(network.sha256()), "SHA-256 of the file");
        assertTrue(card.contains(network.metadata().matrixId()), "matrix id");
        String command = network.metadata().provenance().by();
        assertTrue(card.contains(command.substring("reluctor ".length(), 40)), "the command");
        assertTrue(Files.size(MODELS.resolve(name + ".onnx")) <= MOST_BYTES, "size");
    }

    @ParameterizedTest
    @CsvSource({"ecg-256x128,128", "ecg-256x64,64", "ecg-256x64-ista,64", "ecg-256x26,26"})
    void model_electrocardiogram_isDescribedWholeAndWasNotTrainedOnWhatIsShown(String name, int m) {
        RecoveryNetwork network = network(name);
        assertEquals(256, network.metadata().n());
        assertEquals(m, network.metadata().m());
        assertEquals(360, network.metadata().sampleRateHz());
        assertEquals("mV", network.metadata().unit());
        assertTrue(network.estimate().isPresent());
        MeasurementMatrix phi = network.matrix().orElseThrow();
        assertTrue(phi.isSparseBinary());
        assertEquals(4, phi.onesPerColumn());
        List<String> records = Arrays.asList(network.metadata().provenance().on().replaceAll(".*: ", "").split(" "));
        assertTrue(records.size() > 20 && !records.contains("208"), "208 feeds the demonstration");
        if (!name.endsWith("ista")) {
            List<String> heldOut = List.of("103", "105", "113", "121", "200", "210", "220", "231");
            assertTrue(records.stream().noneMatch(heldOut::contains), "held out: " + heldOut);
            heldOut.forEach(record -> assertTrue(network.metadata().provenance().figures().contains(record)));
        }
    }

    @Test
    void model_accelerometer_isDescribedWholeAndKeptOnePersonAside() {
        RecoveryNetwork network = network("har-256x64");
        assertEquals(256, network.metadata().n());
        assertEquals(64, network.metadata().m());
        assertEquals(103.3, network.metadata().sampleRateHz(), 0.5, "between phone and watch");
        assertEquals("m/s2", network.metadata().unit());
        assertTrue(network.estimate().isPresent());
        assertEquals(4, network.matrix().orElseThrow().onesPerColumn());
        assertTrue(network.metadata().provenance().on().endsWith(": s01 s05 s10"));
        assertTrue(network.metadata().provenance().figures().contains("on s15"));
    }

    @Test
    void model_photographs_isSmallAndKeptTheUsualOnesAside() {
        RecoveryNetwork network = network("image-16x16");
        assertEquals(256, network.metadata().n());
        assertEquals(64, network.metadata().m());
        assertTrue(network.metadata().provenance().parameters() <= 100_000);
        for (String name : List.of("astronaut", "camera", "chelsea", "coffee", "rocket")) {
            assertFalse(network.metadata().provenance().on().contains(name), name);
            assertTrue(network.metadata().provenance().figures().contains(name), name);
        }
    }

    @Test
    void model_analytic_hasTheMatrixOfThePublishedSeed() {
        assertEquals(MeasurementMatrix.sparseBinary(64, 256, 4, 15).id(),
                network("ecg-256x64-ista").metadata().matrixId());
    }

    @ParameterizedTest
    @CsvSource({"ecg-256x64-ista, 0.7, 600", "ecg-256x64, 0.9, 150"})
    void model_record208_beatsItsLinearStart(String name, double most, int windows) {
        String data = System.getenv("RELUCTOR_DATA");
        Assumptions.assumeTrue(data != null, "skipped: RELUCTOR_DATA does not name a folder of recordings");
        Path nested = Path.of(data, "mitbih");
        Channel lead = DataFolder.open(Files.isDirectory(nested) ? nested : Path.of(data)).recording("208").channel(0);
        Channel minutes = new Channel(lead.name(), lead.unit(), lead.zero(), lead.gain(),
                Arrays.copyOf(lead.samples(), windows * 256));
        double prd = prd(network(name), minutes);
        double linearPrd = prd(linearStart(network(name)), minutes);
        assertTrue(prd < most * linearPrd, "network " + prd + ", linear start " + linearPrd);
    }

    private static double prd(RecoveryNetwork network, Channel channel) {
        return new RecordEvaluation(network.matrix().orElseThrow(), new ReferenceInference(network)::recover,
                Condition.CLEAN, 1).recover("208", channel).figures().prd();
    }

    /** x̂ = Wy from the file's own initializer. */
    private static RecoveryNetwork linearStart(RecoveryNetwork network) {
        Value start = network.nodes().get(0).inputs().get(1);
        assertTrue(start.name().startsWith("W"), start.name());
        int n = network.metadata().n();
        int m = network.metadata().m();
        NetworkBuilder graph = new NetworkBuilder("linear");
        Value w = graph.constant("W", start.floats(), n, m);
        graph.output(graph.gemm(graph.input("y", m), w, null, true), "signal");
        return graph.build(network.metadata(), network.matrix().orElseThrow());
    }
}
