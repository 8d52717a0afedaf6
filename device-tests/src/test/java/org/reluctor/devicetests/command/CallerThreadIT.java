package org.reluctor.devicetests.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.devicetests.Alone;

/** Whether frames are computed in the calling thread depends on the environment, and is told wherever it matters. */
@Alone
class CallerThreadIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void devicesAndBench_withAndWithoutPoclsSecondDevice_tellWhetherTheCallingThreadComputes() throws Exception {
        Path model = SmallNetworks.transposed(folder.resolve("transposed.onnx"));
        String[] devices = {"devices"};
        String[] bench = {"bench", "--model", model.toString(), "--batch", "1", "--seconds", "0.1"};
        assumeTrue(run(Map.of(), devices).out().contains("Portable Computing Language"), "another driver");
        for (boolean named : new boolean[] {true, false}) {
            Map<String, String> environment = Map.of("POCL_DEVICES", named ? "pthread basic" : "pthread");
            String listed = run(environment, devices).out();
            assertTrue(listed.contains(named ? "can be computed in the calling thread" : "are computed by launches"),
                    listed);
            JsonNode first = run(environment, "devices", "--json").json("devices", "problems").get("devices").get(0);
            assertEquals(named, first.get("callerThread").asBoolean());
            String timed = run(environment, bench).out();
            assertTrue(timed.contains(named ? "frames are computed in the calling thread\n"
                    : "frames are computed by launches: PoCL's device for the calling thread is not named"), timed);
        }
    }

    private CommandResult run(Map<String, String> environment, String... command) throws Exception {
        try (ReluctorProcess process = ReluctorProcess.start(folder, environment, List.of(command))) {
            CommandResult result = process.await(LIMIT).expect(0);
            assertEquals("", result.err());
            return result;
        }
    }
}
