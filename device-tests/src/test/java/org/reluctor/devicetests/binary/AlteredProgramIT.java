package org.reluctor.devicetests.binary;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.devicetests.binary.AlteredPrograms.AlteredProgram;
import org.reluctor.devicetests.command.CommandResult;
import org.reluctor.devicetests.command.ReluctorProcess;
import org.reluctor.devicetests.command.SmallNetworks;
import org.reluctor.network.Npy;
import org.reluctor.opencl.device.Platforms;

/**
 * Every altered or mixed-up file of programs, met by the commands as processes: a status of sysexits.h and exactly one
 * line, which names the file and what is wrong with it. Ends with a table of what was said.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlteredProgramIT {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int FRAMES = 3;

    private final List<String> table = new ArrayList<>(List.of("kind | exit | message", "--- | --- | ---"));
    private Path folder;
    private Path model;
    private Path measurements;
    private Path good;
    private List<AlteredProgram> altered;

    @BeforeAll
    void export(@TempDir Path given) throws Exception {
        folder = given;
        model = SmallNetworks.transposed(folder.resolve("transposed.onnx"));
        measurements = folder.resolve("y.npy");
        Npy.write(measurements, new float[FRAMES * SmallNetworks.M], FRAMES, SmallNetworks.M);
        ReluctorProcess.run(folder, LIMIT, "kernels", "--model", model.toString(), "--export",
                folder.resolve("kernels").toString(), "--batch", Integer.toString(FRAMES)).expect(0);
        good = folder.resolve("kernels/transposed.clbin");
        altered = AlteredPrograms.all(Files.createDirectories(folder.resolve("altered")), good,
                Platforms.discover().select(System.getProperty("reluctor.device", Platforms.AUTO)));
    }

    @AfterAll
    void tell() {
        table.forEach(System.out::println);
    }

    List<AlteredProgram> rows() {
        return altered;
    }

    @Test
    void infer_unaltered_runs() throws Exception {
        infer(good).expect(0);
    }

    @ParameterizedTest
    @MethodSource("rows")
    void infer_alteredProgram_endsWithItsStatusAndOneClearLine(AlteredProgram bad) throws Exception {
        CommandResult result = infer(bad.file());
        table.add(bad.kind() + " | " + result.status() + " | "
                + result.err().strip().replace(folder.resolve("altered") + "/", ""));
        refused(bad, result);
        assertFalse(Files.exists(folder.resolve("x.npy")), "a result was written");
    }

    @ParameterizedTest
    @MethodSource("rows")
    void validate_alteredProgramConfigured_saysTheSame(AlteredProgram bad) throws Exception {
        Path configuration = Files.write(folder.resolve("reluctor.yaml"), List.of(
                "networks: [{file: transposed.onnx}]", "device: {program: \"" + bad.file() + "\"}",
                "batch: {max: " + FRAMES + "}"));
        CommandResult result = ReluctorProcess.run(folder, LIMIT, "validate", "--device", "--config",
                configuration.toString()).expect(bad.status());
        assertEquals(1, result.err().lines().count(), result.err());
        assertTrue(result.err().contains(bad.file().toString()), result.err());
    }

    private static void refused(AlteredProgram bad, CommandResult result) {
        result.expect(bad.status());
        assertEquals("", result.out());
        assertEquals(1, result.err().lines().count(), result.err());
        assertTrue(result.err().startsWith("reluctor: " + bad.file() + ": "), result.err());
        for (String word : bad.words()) {
            assertTrue(result.err().contains(word), () -> "\"" + word + "\" is not in: " + result.err());
        }
    }

    private CommandResult infer(Path programs) throws Exception {
        Path result = folder.resolve("x.npy");
        Files.deleteIfExists(result);
        return ReluctorProcess.run(folder, LIMIT, "infer", "--model", model.toString(), "--input",
                measurements.toString(), "--output", result.toString(), "--program", programs.toString());
    }
}
