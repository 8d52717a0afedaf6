package org.reluctor.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reluctor.network.Npy;

/** The command line in this process: statuses, messages, and the keys that other programs rely on. */
class MainTest {
    @TempDir
    Path folder;
    private Path model;
    private String out;
    private String err;

    @BeforeEach
    void writeModel() throws IOException {
        model = TestNetworks.transposed(folder.resolve("net.onnx"));
    }

    @Test
    void main_noCommand_isWrongUsage() {
        assertEquals(ExitStatus.USAGE, run());
        assertEquals("reluctor: a command is missing\nSee reluctor --help\n", err);
        assertEquals("", out);
    }

    @Test
    void main_unknownCommand_suggestsTheNearest() {
        assertEquals(ExitStatus.USAGE, run("rum"));
        assertEquals("reluctor: \"rum\" is no command\nDid you mean: reluctor run?\nSee reluctor --help\n", err);
    }

    @Test
    void main_unknownOption_namesIt() {
        assertEquals(ExitStatus.USAGE, run("validate", "--confg", "x"));
        assertTrue(err.startsWith("reluctor: Unknown option"), err);
        assertTrue(err.contains("--config"), err);
    }

    @Test
    void main_version_isTheBuilds() {
        assertEquals(ExitStatus.OK, run("--version"));
        assertTrue(out.matches("reluctor [0-9]+\\.[0-9]+\\.[0-9]+.*\n"), out);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "validate", "devices", "inspect", "manifest", "infer", "bench", "kernels",
        "simulate", "watch", "command"})
    void main_helpOfEveryCommand_teachesByExample(String command) {
        assertEquals(ExitStatus.OK, run(command, "--help"));
        assertTrue(out.contains("reluctor " + command), out);
        assertTrue(out.contains("Example"), out);
        out.lines().forEach(line -> assertTrue(line.length() <= 120, line));
    }

    /** Both ways to read {@code run} must come to the same. */
    @ParameterizedTest
    @ValueSource(strings = {"run --config FILE", "run -c FILE", "run --config=FILE", "run -cFILE",
        "--debug run --config FILE"})
    void run_anyForm_readsThatConfiguration(String words) {
        String file = folder.resolve("none.yaml").toString();
        assertEquals(ExitStatus.NO_INPUT, run(words.replace("FILE", file).split(" ")));
        assertTrue(err.contains(file), err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "run --config", "run --config -x", "run --config @file", "run --config a b",
        "run -h", "validate --config a", "run --config=a", "run --conf a"})
    void configurationToRun_otherWords_areForWhoReadsAll(String words) {
        assertEquals(Optional.empty(), Main.configurationToRun(words.split(" ")));
    }

    @Test
    void configurationToRun_usualWords_isTheFile() {
        assertEquals(Optional.of(Path.of("a.yaml")), Main.configurationToRun("run", "--config", "a.yaml"));
        assertEquals(Optional.of(Path.of("a.yaml")), Main.configurationToRun("run", "-c", "a.yaml"));
    }

    @Test
    void run_absentConfiguration_is66() {
        assertEquals(ExitStatus.NO_INPUT, run("run", "--config", folder.resolve("none.yaml").toString()));
        assertTrue(err.startsWith("reluctor: " + folder.resolve("none.yaml") + ": no such file"), err);
    }

    @Test
    void run_wrongConfiguration_everyMistakeOneLine() throws IOException {
        Path file = configuration("site: _a\nbatch: {max: 0}\n");
        assertEquals(ExitStatus.CONFIGURATION, run("run", "--config", file.toString()));
        assertEquals(2, err.lines().count(), err);
        err.lines().forEach(line -> assertTrue(line.startsWith("reluctor: " + file + ":"), line));
    }

    @Test
    void run_absentModel_is66() throws IOException {
        Path file = Files.writeString(folder.resolve("c.yaml"), "networks: [{file: other.onnx}]\n");
        assertEquals(ExitStatus.NO_INPUT, run("run", "--config", file.toString()));
        assertEquals(1, err.lines().count(), err);
    }

    @Test
    void run_portInUse_is69() throws IOException {
        try (java.net.ServerSocket taken = new java.net.ServerSocket(0, 1,
                java.net.InetAddress.getByName("127.0.0.1"))) {
            Path file = configuration("http: {port: " + taken.getLocalPort() + "}\nlog: {level: error}\n");
            assertEquals(ExitStatus.UNAVAILABLE, run("run", "--config", file.toString()));
            assertTrue(err.contains("http.port: 127.0.0.1:" + taken.getLocalPort() + " cannot be opened"), err);
            assertEquals(1, err.lines().count(), err);
        }
    }

    @Test
    void run_cacheFolderIsAFile_is73() throws IOException {
        Path file = configuration("device: {cacheFolder: net.onnx}\nhttp: {enabled: false}\nlog: {level: error}\n");
        assertEquals(ExitStatus.CANNOT_CREATE, run("run", "--config", file.toString()));
        assertTrue(err.contains("net.onnx") && err.contains("device.cacheFolder"), err);
        assertEquals(1, err.lines().count(), err);
    }

    @Test
    void validate_right_saysSo() throws IOException {
        Path file = configuration("");
        assertEquals(ExitStatus.OK, run("validate", "--config", file.toString()));
        assertEquals(file + ": right; 1 network\n", out);
        assertEquals("", err);
    }

    @Test
    void validate_passwordInAddress_isNotShown() throws IOException {
        Path file = configuration("broker: {uri: \"tcp://joe:s3cret@host:1883\"}\n");
        assertEquals(ExitStatus.CONFIGURATION, run("validate", "--config", file.toString()));
        assertTrue(err.contains("broker.uri") && !err.contains("s3cret"), err);
        assertEquals(ExitStatus.USAGE, run("watch", "--broker", "tcp://joe:s3cret@host:1883"));
        assertTrue(err.contains("--password-file") && !err.contains("s3cret"), err);
    }

    @Test
    void validate_mistakes_comeInTheOrderOfTheFile() throws IOException {
        Path file = configuration("http: {port: -1}\ncolour: red\nsite: _a\nbatch: {max: 0}\n");
        assertEquals(ExitStatus.CONFIGURATION, run("validate", "--config", file.toString()));
        List<String> places = err.lines().map(line -> line.replaceAll(".*:([0-9]+): .*", "$1")).toList();
        assertEquals(4, places.size(), err);
        assertEquals(places.stream().sorted().toList(), places, err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"simulate --rate -5", "simulate --rate NaN", "simulate --count -1", "simulate --boot -1",
        "simulate --sample-rate 1e300", "simulate --n 65536 --measurements 65536", "watch --until -1",
        "watch --timeout -1"})
    void main_numberOutOfRange_namesTheOption(String arguments) {
        assertEquals(ExitStatus.USAGE, run(arguments.split(" ")));
        assertTrue(err.startsWith("reluctor: --") && !err.contains("internal"), err);
    }

    @Test
    void infer_outputIsADevice_isNotReplaced() throws IOException {
        Path input = folder.resolve("one.npy");
        Npy.write(input, new float[4], 1, 4);
        // A link, so that a failure of this test replaces only that.
        Path device = Files.createSymbolicLink(folder.resolve("device"), Path.of("/dev/null"));
        assertEquals(ExitStatus.CANNOT_CREATE, run("infer", "--model", model.toString(), "--input", input.toString(),
                "--output", device.toString(), "--reference"));
        assertFalse(Files.isRegularFile(device));
        Files.delete(device);
    }

    @Test
    void validate_jsonOfMistakes_isOneObject() throws IOException {
        Path file = configuration("colour: red\n");
        assertEquals(ExitStatus.CONFIGURATION, run("validate", "--json", "--config", file.toString()));
        JsonNode json = json();
        assertFalse(json.get("valid").asBoolean());
        assertEquals(1, json.get("problems").size());
        assertTrue(json.get("problems").get(0).asText().contains("colour: unknown key"));
    }

    @Test
    void validate_truncatedNetwork_is65() throws IOException {
        byte[] whole = Files.readAllBytes(model);
        Files.write(model, Arrays.copyOf(whole, whole.length / 2));
        assertEquals(ExitStatus.DATA, run("validate", "--config", configuration("").toString()));
        assertTrue(err.startsWith("reluctor: " + model), err);
        assertEquals(1, err.lines().count(), err);
    }

    @Test
    void inspect_json_hasShapesAndIds() throws IOException {
        assertEquals(ExitStatus.OK, run("inspect", "--json", model.toString()));
        JsonNode json = json();
        assertEquals(TestNetworks.N, json.get("n").asInt());
        assertEquals(TestNetworks.M, json.get("m").asInt());
        assertEquals(TestNetworks.matrix().id(), json.get("matrixId").asText());
        assertEquals("4x8 sparse binary, 2 ones a column", json.get("matrix").asText());
        assertEquals(1, json.get("operators").get("Relu").asInt());
        assertEquals(32, json.get("parameters").asInt());
        assertEquals(json.get("sha256").asText().substring(0, 16), json.get("model").asText());
    }

    @Test
    void inspect_text_hasALineForEachKey() {
        assertEquals(ExitStatus.OK, run("inspect", model.toString()));
        assertTrue(out.contains("unit           mV\n"), out);
        assertTrue(out.lines().anyMatch(line -> line.startsWith("trainedBy ")), out);
    }

    @Test
    void infer_reference_appliesScalesAndWritesArray() throws IOException {
        Path y = folder.resolve("y.npy");
        Path x = folder.resolve("x.npy");
        Npy.write(y, new float[] {2, 0, 0, 0, 0, -2, 0, 0}, 2, 4);
        assertEquals(ExitStatus.OK, run("infer", "--reference", "--json", "-m", model.toString(), "-i", y.toString(),
                "-o", x.toString()), () -> err);
        JsonNode json = json();
        assertEquals(List.of("frames", "seconds", "device", "weights"), keys(json));
        assertEquals(2, json.get("frames").asInt());
        assertEquals("float64", json.get("weights").asText());
        Npy.FloatArray result = Npy.read(x);
        assertArrayEquals(new int[] {2, 8}, result.shape());
        for (int i = 0; i < 8; i++) {
            assertEquals(3 * TestNetworks.matrix().at(0, i) + 1, result.data()[i]);
            assertEquals(1, result.data()[8 + i], "relu of the negative");
        }
    }

    @Test
    void infer_otherShape_saysWhatIsTaken() throws IOException {
        Path y = folder.resolve("y.npy");
        Npy.write(y, new float[6], 2, 3);
        assertEquals(ExitStatus.DATA, run("infer", "--reference", "-m", model.toString(), "-i", y.toString(), "-o",
                folder.resolve("x.npy").toString()));
        assertTrue(err.contains("its shape is [2, 3]") && err.contains("takes [frames, 4]"), err);
    }

    @Test
    void infer_outputFolderAbsent_is73() throws IOException {
        Path y = folder.resolve("y.npy");
        Npy.write(y, new float[4], 4);
        assertEquals(ExitStatus.CANNOT_CREATE, run("infer", "--reference", "-m", model.toString(), "-i", y.toString(),
                "-o", folder.resolve("no/x.npy").toString()));
    }

    @Test
    void bench_batchOutOfRange_isWrongUsage() {
        assertEquals(ExitStatus.USAGE, run("bench", "-m", model.toString(), "--batch", "1,0"));
        assertEquals("reluctor: --batch: 0 is out of range; must be 1 to 4096\n", err);
    }

    @Test
    void simulate_badSensorAndUri_areWrongUsage() {
        assertEquals(ExitStatus.USAGE, run("simulate", "--sensor", "a"));
        assertTrue(err.contains("must be site/sensor"), err);
        assertEquals(ExitStatus.USAGE, run("simulate", "--broker", "http://x"));
        assertTrue(err.contains("tcp://host:port"), err);
    }

    @Test
    void simulate_refusedBroker_is69() throws IOException {
        assertEquals(ExitStatus.UNAVAILABLE, run("simulate", "--broker", "tcp://127.0.0.1:" + freePort(), "--count",
                "1", "--connect-timeout", "1"));
        assertEquals(1, err.lines().count(), err);
        assertTrue(err.contains("broker tcp://127.0.0.1:") && err.contains("nothing answers"), err);
    }

    @Test
    void watch_refusedBroker_is69() throws IOException {
        assertEquals(ExitStatus.UNAVAILABLE, run("watch", "--broker", "tcp://127.0.0.1:" + freePort(),
                "--connect-timeout", "1", "--json"));
        assertEquals("", out);
        assertEquals(1, err.lines().count(), err);
    }

    @Test
    void debug_failure_addsTheStackTrace() {
        assertEquals(ExitStatus.NO_INPUT, run("inspect", "none.onnx"));
        assertFalse(err.contains("\tat "), err);
        assertEquals(ExitStatus.NO_INPUT, run("inspect", "none.onnx", "--debug"));
        assertTrue(err.contains("\tat "), err);
    }

    private int run(String... arguments) {
        StringWriter outText = new StringWriter();
        StringWriter errText = new StringWriter();
        int status = Main.execute(new PrintWriter(outText), new PrintWriter(errText, true), arguments);
        out = outText.toString();
        err = errText.toString();
        return status;
    }

    private JsonNode json() throws IOException {
        assertEquals(1, out.lines().count(), out);
        return new ObjectMapper().readTree(out);
    }

    private static List<String> keys(JsonNode json) {
        List<String> keys = new ArrayList<>();
        json.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private static int freePort() throws IOException {
        try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private Path configuration(String more) throws IOException {
        return Files.writeString(folder.resolve("reluctor.yaml"), "networks: [{file: net.onnx}]\n" + more);
    }
}
