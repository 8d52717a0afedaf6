package org.reluctor.learn.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Main;
import org.reluctor.learn.data.WfdbFiles;
import org.reluctor.learn.data.Windows;
import org.reluctor.learn.training.PulseTrains;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.OnnxReader;
import org.reluctor.network.RecoveryNetwork;

/** Methods that compute in float64 without a device; nothing is held out, because figures would need one. */
class TrainMethodsTest {
    @TempDir
    private Path folder;
    private Path data;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeRecords() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        for (Windows record : PulseTrains.records(4, 40, 32, 1)) {
            int[] samples = new int[record.samples().length];
            for (int at = 0; at < samples.length; at++) {
                samples[at] = 1024 + (int) record.samples()[at];
            }
            WfdbFiles.record16(data, record.name(), samples);
        }
    }

    private int run(String... more) {
        List<String> words = new ArrayList<>(List.of("train", "--data", data.toString(), "--output",
                folder.resolve("net.onnx").toString(), "--window", "32", "--ratio", "0.25", "--held-out-share", "0",
                "--json"));
        words.addAll(List.of(more));
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Main.execute(new PrintWriter(out, true), new PrintWriter(err, true), words.toArray(String[]::new));
    }

    private JsonNode train(String... more) throws IOException {
        assertEquals(ExitStatus.OK, run(more), err::toString);
        return new ObjectMapper().readTree(out.toString());
    }

    private RecoveryNetwork network() {
        return OnnxReader.read(folder.resolve("net.onnx"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"al", "cold", "restart", "monotone", "fast"})
    void train_everyVariant_isBetterThanTheAffineRecovery(String variant) throws IOException {
        JsonNode report = train("--method", "al", "--products", "host", "--variant", variant, "--hidden", "12,10",
                "--steps", "30", "--lead", "0.9", "--shard-samples", "40");
        assertTrue(report.get("objective").asDouble() < 0.5, report::toString);
        boolean lagrangian = variant.equals("al") || variant.equals("cold");
        assertEquals(lagrangian, !report.get("constraint").isNull());
        assertEquals(lagrangian, report.has("premise"));
        assertTrue(network().matrix().isPresent(), "a sensor needs it");
        String command = network().metadata().provenance().by();
        assertTrue(command.contains("--variant " + variant) && command.contains("--hidden 12,10"), command);
        assertEquals(9 * 12 + 13 * 10 + 11 * 32, report.get("parameters").asInt());
    }

    @Test
    void train_convexLayers_stateTheirGapAndWhichItIs() throws IOException {
        JsonNode gated = train("--method", "convex", "--products", "host", "--gates", "5", "--outputs", "6", "--gap",
                "1e-5", "--rounds", "2", "--gates-a-round", "3", "--norm", "frobenius");
        assertTrue(gated.get("gap").asDouble() <= 1e-5, gated::toString);
        assertEquals(gated.get("gap").asDouble(), network().metadata().provenance().gap());
        assertEquals(4, gated.get("path").size());
        assertTrue(gated.get("patterns").asInt() > 5, "the dual asked for more");
        JsonNode relu = train("--method", "convex", "--layer", "relu", "--gates", "3", "--outputs", "1", "--samples",
                "60", "--gap", "1e-4", "--beta", "0.3");
        assertTrue(relu.get("constraint").asDouble() <= 1e-8, relu::toString);
        assertTrue(network().metadata().provenance().figures().contains("of the ReLU program over"),
                relu::toString);
    }

    @Test
    void train_annealedWithLevelRows_rowsHaveAsManyOnesWithinOneAndTheFileSaysSo() throws IOException {
        train("--method", "convex", "--products", "host", "--gates", "3", "--outputs", "2", "--matrix", "annealed",
                "--moves", "20000", "--level-rows");
        RecoveryNetwork network = network();
        MeasurementMatrix phi = network.matrix().orElseThrow();
        int each = phi.onesPerColumn() * phi.columns() / phi.rows();
        for (int row = 0; row < phi.rows(); row++) {
            int ones = 0;
            for (int column = 0; column < phi.columns(); column++) {
                ones += phi.at(row, column) == 0 ? 0 : 1;
            }
            assertTrue(ones == each || ones == each + 1, "row " + row + " has " + ones + ", " + each + " are right");
        }
        assertTrue(network.metadata().provenance().by().contains("--level-rows"), network.metadata().provenance().by());
    }

    @Test
    void train_reluConesThatDoNotHoldYet_stateNoGap() throws IOException {
        JsonNode report = train("--method", "convex", "--layer", "relu", "--gates", "3", "--outputs", "1", "--samples",
                "60", "--steps", "3");
        assertTrue(report.get("gap").isNull(), report::toString);
        assertTrue(report.get("gapMeaning").asText().startsWith("no duality gap"));
        assertTrue(Double.isNaN(network().metadata().provenance().gap()));
    }

    @Test
    void train_checkpointThatIsThere_needsTheWordToGoOn() throws IOException {
        String checkpoint = folder.resolve("checkpoint").toString();
        String[] convex = {"--method", "convex", "--products", "host", "--gates", "4", "--outputs", "4", "--checkpoint",
            checkpoint};
        train(convex);
        byte[] first = Files.readAllBytes(folder.resolve("net.onnx"));
        assertEquals(ExitStatus.CANNOT_CREATE, run(convex));
        assertTrue(err.toString().contains("give --resume to go on from it"), err::toString);
        List<String> resumed = new ArrayList<>(List.of(convex));
        resumed.add("--resume");
        train(resumed.toArray(String[]::new));
        assertArrayEquals(first, Files.readAllBytes(folder.resolve("net.onnx")));
        resumed.addAll(List.of("--beta", "0.1"));
        assertEquals(ExitStatus.DATA, run(resumed.toArray(String[]::new)));
        assertTrue(err.toString().contains("of other training") || err.toString().contains("other options"),
                err::toString);
        assertEquals(ExitStatus.USAGE, run("--resume"));
        assertTrue(err.toString().contains("--resume needs --checkpoint"), err::toString);
    }
}
