package org.reluctor.devicetests.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.devicetests.ProjectFiles;

/** The commands that tell what is there: devices, inspect, bench, validate, each with {@code --json} for programs. */
class DescriptionIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;
    private Path model;

    @BeforeEach
    void writeModel() throws Exception {
        model = SmallNetworks.transposed(folder.resolve("transposed.onnx"));
    }

    @Test
    void devices_withADevice_listsItWithItsProperties() throws Exception {
        JsonNode result = run("devices", "--json").json("devices", "problems");
        assertTrue(result.get("devices").size() > 0, result.toString());
        JsonNode first = result.get("devices").get(0);
        assertFalse(first.get("name").asText().isBlank());
        assertFalse(first.get("platform").asText().isBlank());
        assertTrue(first.get("computeUnits").asInt() > 0, first.toString());
        assertTrue(first.get("globalMemoryBytes").asLong() > 1 << 20, first.toString());
        assertTrue(List.of("gpu", "accelerator", "cpu").contains(first.get("kind").asText()), first.toString());
        assertTrue(run("devices").out().contains(first.get("name").asText()));
    }

    @Test
    void inspect_network_tellsShapesMatrixAndPlan() throws Exception {
        JsonNode result = run("inspect", model.toString(), "--plan", "--batch", "7", "--json").json("name", "file",
                "sha256", "model", "n", "m", "channels", "input", "outputs", "matrix", "matrixId", "nodes",
                "operators", "parameters", "sampleRateHz", "unit", "inputScale", "outputScale", "outputOffset",
                "version", "trainedBy", "trainedOn", "figures", "plan");
        assertEquals(SmallNetworks.N, result.get("n").asInt());
        assertEquals(SmallNetworks.M, result.get("m").asInt());
        assertEquals(SmallNetworks.matrix().id(), result.get("matrixId").asText());
        assertEquals(SmallNetworks.N * SmallNetworks.M, result.get("parameters").asInt());
        assertEquals(1, result.get("operators").get("MatMul").asInt());
        assertTrue(result.get("plan").size() > 0, result.toString());
    }

    @Test
    void bench_twoBatchSizes_tellsOfBothAndAgreesWithTheReference() throws Exception {
        JsonNode result = run("bench", "--model", model.toString(), "--batch", "1,64", "--seconds", "0.3", "--json")
                .json("model", "device", "weights", "batch", "medianUs", "p99Us", "framesPerSecond", "gflops",
                        "gbytesPerSecond", "errorL2", "rows", "callerThread");
        assertEquals(1, result.get("batch").asInt());
        assertEquals(2, result.get("rows").size());
        assertEquals(64, result.get("rows").get(1).get("batch").asInt());
        for (JsonNode row : result.get("rows")) {
            assertTrue(row.get("medianUs").asDouble() > 0, row.toString());
            assertTrue(row.get("p99Us").asDouble() >= row.get("medianUs").asDouble(), row.toString());
            double frames = row.get("batch").asInt() * 1e6 / row.get("medianUs").asDouble();
            assertEquals(frames, row.get("framesPerSecond").asDouble(), 0.5 * frames);
            assertTrue(row.get("errorL2").asDouble() <= 1e-5, row.toString());
        }
    }

    @Test
    void validate_rightConfigurationWithItsDevice_saysSo() throws Exception {
        Path file = Files.write(folder.resolve("reluctor.yaml"), List.of(
                "networks: [{file: transposed.onnx, sensors: \"lab/+\"}]", "device: {cacheFolder: kernels}"));
        JsonNode result = run("validate", "--device", "--json", "--config", file.toString())
                .json("file", "valid", "problems", "warnings", "networks", "device");
        assertTrue(result.get("valid").asBoolean());
        assertEquals(0, result.get("problems").size() + result.get("warnings").size());
        assertEquals(SmallNetworks.matrix().id(), result.get("networks").get(0).get("matrixId").asText());
        assertFalse(result.get("device").asText().isBlank());
    }

    @Test
    void validate_configurationThatComesWithReluctor_isRight() throws Exception {
        JsonNode result = run("validate", "--json", "--config",
                ProjectFiles.resolve("config/reluctor.yaml").toString())
                .json("file", "valid", "problems", "warnings", "networks", "device");
        assertTrue(result.get("valid").asBoolean(), result.toString());
        assertEquals(0, result.get("warnings").size(), result.toString());
    }

    @Test
    void validate_manyMistakes_tellsAllAtOnce() throws Exception {
        Path file = Files.write(folder.resolve("reluctor.yaml"), List.of("site: _lab", "batch: {max: 0}",
                "networks: [{file: absent.onnx}]", "nonsense: 1"));
        CommandResult result = ReluctorProcess.run(folder, LIMIT, "validate", "--json", "--config", file.toString())
                .expect(78);
        assertEquals(4, result.json("file", "valid", "problems", "warnings").get("problems").size(), result.out());
        assertEquals(4, result.err().lines().count(), result.err());
    }

    private CommandResult run(String... command) throws Exception {
        CommandResult result = ReluctorProcess.run(folder, LIMIT, command).expect(0);
        assertEquals("", result.err());
        return result;
    }
}
