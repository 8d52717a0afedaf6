package org.reluctor.devicetests.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
                "version", "trainedBy", "trainedGap", "trainedOn", "trainedParameters", "figures", "device", "weights",
                "batch", "launches", "tensorBytes", "constantBytes", "errorL2", "plan");
        assertEquals(SmallNetworks.N, result.get("n").asInt());
        assertEquals(SmallNetworks.M, result.get("m").asInt());
        assertEquals(SmallNetworks.matrix().id(), result.get("matrixId").asText());
        assertEquals(SmallNetworks.N * SmallNetworks.M, result.get("parameters").asInt());
        assertEquals(1, result.get("operators").get("MatMul").asInt());
        assertTrue(result.get("plan").size() > 0, result.toString());
        assertTrue(result.get("launches").asText().contains("launch"), result.toString());
        int frames = 7 * (SmallNetworks.N + SmallNetworks.M);
        assertTrue(result.get("tensorBytes").asLong() >= 4L * frames, result.toString());
        assertTrue(result.get("constantBytes").asLong() >= 4L * SmallNetworks.N * SmallNetworks.M, result.toString());
    }

    @Test
    void inspect_planInEveryFormatOfWeights_tellsItsErrorAgainstFloat64() throws Exception {
        assertTrue(errorOf("float32") <= 5e-6);
        double[] error = {errorOf("float16"), errorOf("bfloat16"), errorOf("int8")};
        assertTrue(error[0] > 1e-6 && error[0] <= 5e-4, Arrays.toString(error));
        assertTrue(error[1] > error[0] && error[1] <= 1e-2, Arrays.toString(error));
        assertTrue(error[2] > error[0] && error[2] <= 3e-2, Arrays.toString(error));
    }

    /** Of a network whose weights are no powers of two. */
    private double errorOf(String weights) throws Exception {
        String ista = SmallNetworks.ista(folder.resolve("ista.onnx")).toString();
        String text = run("inspect", ista, "--plan", "--weights", weights).out();
        assertTrue(text.contains(weights + " weights"), text);
        Matcher error = Pattern.compile("error against float64, relative l2: (\\S+)").matcher(text);
        assertTrue(error.find(), text);
        return Double.parseDouble(error.group(1));
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
