package org.reluctor.devicetests.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.app.ExitStatus;
import org.reluctor.devicetests.Alone;
import org.reluctor.network.Npy;

/** {@code reluctor bench --tune}, and that what it keeps is taken, or refused in words. */
@Alone
class TuneIT {
    private static final Duration LIMIT = Duration.ofSeconds(120);

    @TempDir
    Path folder;
    private Path model;
    private Path state;

    @BeforeEach
    void writeNetwork() throws Exception {
        model = SmallNetworks.ista(folder.resolve("scaled.onnx"));
        state = folder.resolve("state");
        Npy.write(folder.resolve("y.npy"), new float[128], 2, 64);
    }

    @Test
    void tune_thenDamagedAndOfAnotherDriver_isTakenThenRefusedInWords() throws Exception {
        JsonNode result = ReluctorProcess.run(folder, LIMIT, "bench", "--tune", "--model", model.toString(), "--batch",
                "1,16", "--state", state.toString(), "--json").expect(ExitStatus.OK).json("device", "seconds",
                        "speedup", "start", "found", "workloads", "file");
        Path file = Path.of(result.get("file").asText());
        int measured = result.get("workloads").size();
        assertTrue(measured == 2 || measured == 0 && result.get("found").equals(result.get("start")), "" + result);
        assertEquals(result.get("start").size(), result.get("found").size());
        String kept = Files.readString(file);
        assertTrue(result.get("found").fieldNames().hasNext());
        result.get("found").fieldNames().forEachRemaining(name -> assertTrue(kept.contains("\n" + name + ": "), kept));

        assertFalse(infer().err().contains("launch parameters"));
        // Whatever was found: a value that the search never tries is what runs.
        Files.writeString(file, kept.replaceAll("tiledFrom: .*", "tiledFrom: 29"));
        String bench = ReluctorProcess.run(folder, LIMIT, "bench", "--model", model.toString(), "--batch", "1",
                "--seconds", "0.1", "--state", state.toString()).expect(ExitStatus.OK).out();
        assertTrue(bench.contains("launch parameters from " + file), bench);
        Path export = folder.resolve("export");
        ReluctorProcess.run(folder, LIMIT, "kernels", "--export", export.toString(), "--model", model.toString(),
                "--batch", "1", "--state", state.toString()).expect(ExitStatus.OK);
        assertTrue(Files.readString(export.resolve("manifest.json")).contains("tiledFrom=29"), "in the manifest");
        Files.writeString(file, kept.replaceAll("driver: .*", "driver: 0.0"));
        assertTrue(infer().err().contains("was found with driver 0.0"));
        Files.writeString(file, kept.substring(0, kept.length() / 2));
        String refused = infer().err();
        assertTrue(refused.contains(file + ":") && refused.contains("the built-in launch parameters hold"), refused);
        assertEquals(1, refused.lines().count(), refused);
    }

    @Test
    void table_isPrintedAndNothingKept() throws Exception {
        CommandResult result = ReluctorProcess.run(folder, LIMIT, "bench", "--tune", "--table", "--model",
                model.toString(), "--batch", "1", "--state", state.toString()).expect(ExitStatus.OK);
        assertTrue(result.out().contains("\nkind: cpu\n") || result.out().contains("\nkind: gpu\n"), result.out());
        assertFalse(Files.exists(state));
    }

    @Test
    void bench_neitherModelNorTune_isAUsageError() throws Exception {
        assertTrue(ReluctorProcess.run(folder, LIMIT, "bench").expect(ExitStatus.USAGE).err().contains("--model"));
        assertTrue(ReluctorProcess.run(folder, LIMIT, "bench", "--table", "--model", model.toString())
                .expect(ExitStatus.USAGE).err().contains("--table goes with --tune"));
    }

    private CommandResult infer() throws Exception {
        return ReluctorProcess.run(folder, LIMIT, "infer", "--model", model.toString(), "--input",
                folder.resolve("y.npy").toString(), "--output", folder.resolve("x.npy").toString(), "--state",
                state.toString()).expect(ExitStatus.OK);
    }
}
