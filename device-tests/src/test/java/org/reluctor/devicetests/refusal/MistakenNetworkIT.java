package org.reluctor.devicetests.refusal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.app.ExitStatus;
import org.reluctor.devicetests.command.CommandResult;
import org.reluctor.devicetests.command.ReluctorProcess;

/**
 * ONNX files that a user may bring by mistake, to {@code reluctor inspect} as a process of little memory: whatever they
 * claim, they are refused in one line before it is made.
 */
class MistakenNetworkIT {
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Map<String, String> LITTLE = Map.of("RELUCTOR_JAVA_OPTS", "-Xmx64m");

    @TempDir
    Path folder;

    static Stream<String> kinds() {
        return MistakenNetworks.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void inspect_mistakenFile_refusesItInOneLineWithinLittleMemory(String kind) throws Exception {
        Path file = Files.write(folder.resolve("model.onnx"), MistakenNetworks.all().get(kind));
        if (kind.equals("2 GB of external data")) {
            Files.write(folder.resolve("w.bin"), new byte[1024]);
        }
        CommandResult result;
        try (ReluctorProcess process = ReluctorProcess.start(folder, LITTLE, List.of("inspect", file.toString()))) {
            result = process.await(LIMIT);
        }
        result.expect(ExitStatus.DATA);
        assertEquals("", result.out());
        assertEquals(1, result.err().lines().count(), result.err());
        assertTrue(result.err().startsWith("reluctor: " + file + ": "), result.err());
        assertTrue(!result.err().toLowerCase(Locale.ROOT).contains("memory"), result.err());
    }
}
