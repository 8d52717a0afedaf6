package org.reluctor.devicetests.certify;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.devicetests.ProjectFiles;
import org.reluctor.devicetests.command.CommandResult;
import org.reluctor.devicetests.command.ReluctorProcess;

/** {@code reluctor certify} of the shipped network, killed in the middle of its search, and started once more. */
class KilledCertifierIT {
    private static final Duration LIMIT = Duration.ofSeconds(240);
    /** Hidden layers are some kilobytes; a bound's multipliers one and a half. */
    private static final long ENOUGH = 100_000;

    @TempDir
    Path folder;

    private ReluctorProcess start(String name) throws Exception {
        return ReluctorProcess.start(folder, "certify", "--model",
                ProjectFiles.resolve("config/models/ecg-256x64-ista.onnx").toString(), "--amplitude", "-1,1", "--noise",
                "0.0025", "--property", "range,residual", "--steps", "2", "-o", folder.resolve(name).toString());
    }

    @Test
    void certify_thatIsKilled_goesOnToTheSameCertificate() throws Exception {
        Path unfinished = folder.resolve("killed.json.unfinished");
        try (ReluctorProcess process = start("killed.json")) {
            long end = System.nanoTime() + LIMIT.toNanos();
            while (!Files.exists(unfinished) || Files.size(unfinished) < ENOUGH) {
                assertTrue(process.isAlive() && System.nanoTime() < end, process.err());
                TimeUnit.MILLISECONDS.sleep(5);
            }
            process.kill();
        }
        assertFalse(Files.exists(folder.resolve("killed.json")), "killed before its certificate was there");
        CommandResult again;
        try (ReluctorProcess process = start("killed.json")) {
            again = process.await(LIMIT);
        }
        assertEquals(0, again.status(), again.err());
        assertTrue(again.err().matches("(?s).*goes on with [1-9][0-9]* layers and bounds.*"), again.err());
        assertFalse(Files.exists(unfinished));
        try (ReluctorProcess process = start("whole.json")) {
            assertEquals(0, process.await(LIMIT).status());
        }
        assertArrayEquals(Files.readAllBytes(folder.resolve("whole.json")),
                Files.readAllBytes(folder.resolve("killed.json")));
    }
}
