package org.reluctor.devicetests.binary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.app.ExitStatus;
import org.reluctor.devicetests.command.CommandResult;
import org.reluctor.devicetests.command.ReluctorProcess;
import org.reluctor.devicetests.command.SmallNetworks;
import org.reluctor.network.Npy;
import org.reluctor.opencl.device.Device;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.device.Platforms;
import org.reluctor.opencl.device.Program;
import org.reluctor.opencl.device.ProgramRecorder;

/** {@code reluctor kernels}: what it exports, and the way of its sources through an offline compiler to a device. */
class KernelsIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;
    private Path model;
    private Path kernels;

    @BeforeEach
    void writeModel() throws Exception {
        model = SmallNetworks.ista(folder.resolve("ista.onnx"));
        kernels = folder.resolve("kernels");
    }

    @Test
    void export_network_writesSourcesThatCompileWithTheirOptionsAndManifest() throws Exception {
        JsonNode told = export("--batch", "7", "--weights", "bfloat16", "--json")
                .json("folder", "programs", "binary", "device", "weights", "maxBatch");
        JsonNode manifest = manifest();
        assertEquals(1, manifest.get("format").asInt());
        assertEquals("bfloat16", manifest.get("weights").asText());
        assertEquals(7, manifest.get("maxBatch").asInt());
        assertEquals(sha256(model), manifest.at("/networks/0/sha256").asText());
        assertEquals(told.get("device").asText(), device().toString());
        assertEquals(told.get("programs").size(), manifest.get("programs").size());
        assertTrue(manifest.get("programs").size() >= 2, manifest.toString());
        try (DeviceSession session = DeviceSession.open(device(), new ProgramRecorder())) {
            for (JsonNode program : manifest.get("programs")) {
                Path source = kernels.resolve(program.get("file").asText());
                assertEquals(sha256(source), program.get("sha256").asText());
                assertTrue(program.get("options").asText().contains("-cl-std=CL1.2"), program.toString());
                try (Program built = session.program(Files.readString(source))) {
                    program.get("kernels").forEach(kernel -> built.kernel(kernel.asText()).close());
                }
            }
        }
    }

    @Test
    void export_again_leavesNoSourceOfTheFirst() throws Exception {
        export();
        Files.writeString(kernels.resolve("k99.cl"), "of a larger network");
        ObjectNode earlier = (ObjectNode) manifest();
        ArrayNode programs = (ArrayNode) earlier.get("programs");
        programs.add(programs.get(0).deepCopy());
        ((ObjectNode) programs.get(programs.size() - 1)).put("file", "k99.cl");
        programs.add(programs.get(0).deepCopy());
        ((ObjectNode) programs.get(programs.size() - 1)).put("file", "../model.cl");
        JSON.writeValue(kernels.resolve("manifest.json").toFile(), earlier);
        List<Path> own = List.of(kernels.resolve("notes.txt"), kernels.resolve("k2_filter.cl"),
                kernels.resolve("k98.cl"), folder.resolve("model.cl"));
        for (Path file : own) {
            Files.writeString(file, "the user's own");
        }
        export("--batch", "3");
        assertFalse(Files.exists(kernels.resolve("k99.cl")));
        own.forEach(file -> assertTrue(Files.exists(file), file.toString()));
        assertEquals(3, manifest().get("maxBatch").asInt());
    }

    @Test
    void export_twoNetworks_oneFileServesBoth() throws Exception {
        Path other = SmallNetworks.transposed(folder.resolve("transposed.onnx"));
        export("--model", other.toString(), "--batch", "2");
        Path programs = kernels.resolve("networks.clbin");
        for (Path each : List.of(model, other)) {
            run("bench", "--model", each.toString(), "--batch", "1,2", "--seconds", "0.05", "--program",
                    programs.toString()).expect(0);
        }
    }

    @Test
    void show_file_tellsWhatItWasMadeFor() throws Exception {
        export("--batch", "2");
        JsonNode shown = run("kernels", "--show", kernels.resolve("ista.clbin").toString(), "--json").expect(0).json(
                "file", "bytes", "programs", "reluctor", "networks", "weights", "maxBatch", "launchParameters",
                "platform", "device", "version", "driver");
        assertEquals(sha256(model), shown.get("networks").asText());
        assertEquals(device().name(), shown.get("device").asText());
        assertEquals("2", shown.get("maxBatch").asText());
    }

    @Test
    void pack_whatAnotherCompilerMade_runsAsTheSourceDoes() throws Exception {
        export("--batch", "2");
        List<String> command = new ArrayList<>(List.of("kernels", "--pack", kernels.toString(), "--output",
                folder.resolve("packed.clbin").toString()));
        for (JsonNode program : manifest().get("programs")) {
            Path binary = compileOffline(kernels.resolve(program.get("file").asText()));
            command.addAll(List.of("--binary", program.get("name").asText() + "=" + binary));
        }
        run(command.toArray(String[]::new)).expect(0);
        Path input = folder.resolve("y.npy");
        float[] y = new float[64];
        for (int i = 0; i < y.length; i++) {
            y[i] = (float) Math.sin(i);
        }
        Npy.write(input, y, y.length);
        float[] expected = infer(input);
        assertArrayEquals(expected, infer(input, "--program", folder.resolve("packed.clbin").toString()));
    }

    @Test
    void pack_withoutABinaryOrWithAChangedSource_isRefused() throws Exception {
        export();
        refused(ExitStatus.USAGE, "k0", "kernels", "--pack", kernels.toString());
        refused(ExitStatus.USAGE, "k77", "kernels", "--pack", kernels.toString(), "--binary", "k77=" + model);
        Files.writeString(kernels.resolve("k0.cl"), Files.readString(kernels.resolve("k0.cl")) + " ");
        refused(ExitStatus.DATA, "k0.cl", "kernels", "--pack", kernels.toString(), "--binary", "k0=" + model);
        Files.writeString(kernels.resolve("manifest.json"), "{\"format\": 1, ");
        refused(ExitStatus.DATA, "manifest.json", "kernels", "--pack", kernels.toString(), "--binary", "k0=" + model);
        refused(ExitStatus.NO_INPUT, "manifest.json", "kernels", "--pack", folder.toString(), "--binary", "k0=x");
    }

    @Test
    void pack_incompleteManifest_isRefused() throws Exception {
        export();
        JsonNode whole = manifest();
        List<Consumer<ObjectNode>> spoilers = List.of(
                root -> ((ArrayNode) root.get("programs")).addNull(),
                root -> ((ArrayNode) root.get("networks")).addNull(),
                root -> ((ObjectNode) root.at("/networks/0")).remove("sha256"),
                root -> ((ObjectNode) root.get("device")).remove("kind"),
                root -> ((ObjectNode) root.at("/programs/0")).remove("file"));
        for (Consumer<ObjectNode> spoiler : spoilers) {
            ObjectNode spoilt = whole.deepCopy();
            spoiler.accept(spoilt);
            JSON.writeValue(kernels.resolve("manifest.json").toFile(), spoilt);
            refused(ExitStatus.DATA, "manifest.json: lacks", "kernels", "--pack", kernels.toString());
        }
        Files.writeString(kernels.resolve("manifest.json"), "null");
        refused(ExitStatus.DATA, "manifest.json: is empty", "kernels", "--pack", kernels.toString());
        Files.write(kernels.resolve("manifest.json"), new byte[] {'"', (byte) 0xff, '"'});
        refused(ExitStatus.DATA, "manifest.json: is no manifest", "kernels", "--pack", kernels.toString());
    }

    @Test
    void pack_intoAnAbsentFolder_isRefused() throws Exception {
        export();
        refused(ExitStatus.CANNOT_CREATE, "no/x.clbin", "kernels", "--pack", kernels.toString(), "--output",
                folder.resolve("no/x.clbin").toString());
    }

    @Test
    void export_impossible_isRefused() throws Exception {
        refused(ExitStatus.USAGE, "--model", "kernels", "--export", kernels.toString());
        refused(ExitStatus.NO_INPUT, "none.onnx", "kernels", "--export", kernels.toString(), "--model", "none.onnx");
        refused(ExitStatus.CANNOT_CREATE, "ista.onnx", "kernels", "--model", model.toString(), "--export",
                model.toString());
    }

    @Test
    void export_forAnotherKindOfDevice_writesSourcesAlone() throws Exception {
        String other = device().kind().name().equals("GPU") ? "cpu" : "gpu";
        CommandResult result = export("--for", other);
        assertTrue(result.out().contains("--pack"), result.out());
        assertFalse(Files.exists(kernels.resolve("ista.clbin")));
        JsonNode manifest = manifest();
        assertEquals(other, manifest.at("/device/kind").asText());
        assertTrue(manifest.get("binary").isNull(), manifest.toString());
        assertTrue(Files.exists(kernels.resolve(manifest.at("/programs/0/file").asText())));
    }

    private CommandResult export(String... further) throws Exception {
        List<String> command = new ArrayList<>(List.of("kernels", "--model", model.toString(), "--export",
                kernels.toString()));
        command.addAll(List.of(further));
        CommandResult result = run(command.toArray(String[]::new)).expect(0);
        assertEquals("", result.err());
        return result;
    }

    /** Here the driver stands for a vendor's compiler: what it gives for one source alone. */
    private Path compileOffline(Path source) throws Exception {
        ProgramRecorder recorder = new ProgramRecorder();
        try (DeviceSession session = DeviceSession.open(device(), recorder)) {
            Program built = session.program(Files.readString(source));
            recorder.collect();
            built.close();
        }
        return Files.write(folder.resolve(source.getFileName() + ".bin"), recorder.programs().get(0).binary());
    }

    private float[] infer(Path input, String... further) throws Exception {
        Path output = folder.resolve("x.npy");
        List<String> command = new ArrayList<>(List.of("infer", "--model", model.toString(), "--input",
                input.toString(), "--output", output.toString()));
        command.addAll(List.of(further));
        run(command.toArray(String[]::new)).expect(0);
        return Npy.read(output).data();
    }

    private void refused(int status, String word, String... command) throws Exception {
        CommandResult result = run(command).expect(status);
        assertEquals(1, result.err().lines().count(), result.err());
        assertTrue(result.err().contains(word), result.err());
    }

    private CommandResult run(String... command) throws Exception {
        return ReluctorProcess.run(folder, LIMIT, command);
    }

    private JsonNode manifest() throws Exception {
        return JSON.readTree(kernels.resolve("manifest.json").toFile());
    }

    private static Device device() {
        return Platforms.discover().select(System.getProperty("reluctor.device", Platforms.AUTO));
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
