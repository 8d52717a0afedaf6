package org.reluctor.devicetests.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reluctor.devicetests.ProjectFiles;

/** The scripts beside the launcher, as a user first meets them: their help, and that they start after the build. */
class ScriptIT {
    @TempDir
    Path folder;
    private String out;

    @ParameterizedTest
    @ValueSource(strings = {"device-tests/bin/bench-operations", "device-tests/bin/bench-peers",
        "device-tests/bin/bench-relay", "device-tests/bin/bench-start", "device-tests/bin/device-program",
        "device-tests/bin/error-bound", "device-tests/bin/faults", "device-tests/bin/fuzz", "device-tests/bin/overload",
        "device-tests/bin/scale", "device-tests/bin/sensor-cost", "device-tests/bin/soak", "device-tests/bin/takeovers",
        "device-tests/bin/soak-engine", "device-tests/bin/survive-load", "device-tests/bin/test",
        "device-tests/bin/arm64", "device-tests/bin/image", "device-tests/bin/packages", "runtime/bin/image",
        "runtime/bin/demo", "runtime/bin/setup"})
    void help_everyScript_tellsWhatItDoesAndHowAndDoesNothing(String script) throws Exception {
        assertEquals(0, run(script, "--help"), out);
        assertTrue(out.contains("usage: " + script), out);
        assertTrue(out.lines().count() >= 3 && !out.contains("installing"), out);
        assertTrue(out.lines().noneMatch(line -> line.startsWith("#")), out);
    }

    @Test
    void benchOperations_afterTheBuild_starts() throws Exception {
        assertEquals(0, run("device-tests/bin/bench-operations", "-l"), out);
        assertTrue(out.contains("ProductBenchmark"), out);
    }

    @Test
    void benchOperations_resultFile_isFromWhereTheCallerStands() throws Exception {
        assertEquals(0, run("device-tests/bin/bench-operations", "ProductBenchmark", "-f", "0", "-wi", "0", "-i", "1",
                "-r", "1ms", "-p", "batch=1", "-p", "weights=FLOAT32", "-rf", "json", "-rff", "out.json"), out);
        assertTrue(Files.size(folder.resolve("out.json")) > 0, out);
    }

    @Test
    void benchPeers_afterTheBuild_startsWithThePeerAtHand() throws Exception {
        assertEquals(64, run("device-tests/bin/bench-peers", "--networks", "none-such"), out);
        assertTrue(out.contains("none-such"), out);
        try (var libraries = Files.list(ProjectFiles.resolve("device-tests/target/lib"))) {
            assertTrue(libraries.anyMatch(file -> file.getFileName().toString().startsWith("onnxruntime-")));
        }
    }

    @Test
    void deviceProgram_withoutAClass_asksForOne() throws Exception {
        assertEquals(64, run("device-tests/bin/device-program"), out);
        assertTrue(out.contains("usage: device-tests/bin/device-program"), out);
        assertEquals(1, out.lines().count(), out);
    }

    private int run(String script, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(ProjectFiles.resolve(script).toString()));
        command.addAll(List.of(arguments));
        File said = folder.resolve("said").toFile();
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .redirectInput(new File("/dev/null")).redirectOutput(said).start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), script + " still runs");
        } finally {
            process.destroyForcibly();
        }
        out = Files.readString(said.toPath());
        return process.exitValue();
    }
}
