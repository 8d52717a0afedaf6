package org.reluctor.devicetests.binary;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reluctor.app.ExitStatus;
import org.reluctor.devicetests.command.CommandResult;
import org.reluctor.devicetests.command.ReluctorProcess;
import org.reluctor.devicetests.command.SmallNetworks;
import org.reluctor.network.Npy;
import org.reluctor.opencl.device.Device;
import org.reluctor.opencl.device.Platforms;

/**
 * The commands on a machine whose driver cannot compile: PoCL without the linker that it executes for every kernel,
 * with all caches empty. What was exported before runs, and gives bit for bit what a run from source gives.
 */
class WithoutLinkerIT {
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final int MEASUREMENTS = 64;
    private static final int MAX_BATCH = 9;

    @TempDir
    Path folder;
    private MaskedLinker masked;

    @BeforeEach
    void mask() throws IOException, InterruptedException {
        Device device = Platforms.discover().select(System.getProperty("reluctor.device", Platforms.AUTO));
        assumeTrue(device.platform().equals("Portable Computing Language"), device + " needs no linker");
        masked = MaskedLinker.in(folder);
        assumeTrue(masked.works(), "neither root nor user namespaces: ld cannot be masked for a process of ours");
    }

    @Test
    void ld_underTheMask_isNotThere() throws Exception {
        assertNotEquals(0, masked.status("ld", "--version"));
        assertNotEquals(0, masked.status("/usr/bin/ld", "--version"));
    }

    /** The driver would finish a cached kernel at its first launch, and take the process with it. */
    @Test
    void infer_fromOurCacheButNotTheDrivers_isRefusedInOneLine() throws Exception {
        Path model = SmallNetworks.transposed(folder.resolve("transposed.onnx"));
        Path input = measurements(3, SmallNetworks.M);
        Path cache = folder.resolve("cache");
        infer(coldDriver(), List.of(), model, input, "normal", "--cache", cache.toString()).expect(0);
        CommandResult result = infer(coldDriver(), masked.starter(), model, input, "masked", "--cache",
                cache.toString()).expect(ExitStatus.UNAVAILABLE);
        assertEquals(1, result.err().lines().count(), result.err());
        assertTrue(result.err().contains("linker ld"), result.err());
    }

    @Test
    void infer_fromSource_isRefusedInOneLine() throws Exception {
        Path model = SmallNetworks.transposed(folder.resolve("transposed.onnx"));
        CommandResult result = infer(masked.starter(), model, measurements(3, SmallNetworks.M), "x", "--cache",
                folder.resolve("cache").toString()).expect(ExitStatus.UNAVAILABLE);
        assertEquals(1, result.err().lines().count(), result.err());
        assertTrue(result.err().contains("linker ld") && result.err().contains("reluctor kernels"), result.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ista", "wide"})
    void infer_fromExportedPrograms_givesWhatTheSourceGives(String network) throws Exception {
        Path model = folder.resolve(network + ".onnx");
        Path written = network.equals("ista") ? SmallNetworks.ista(model) : SmallNetworks.wide(model);
        Path programs = export(written);
        for (int frames : new int[] {1, 2, MAX_BATCH - 1, 2 * MAX_BATCH + 3}) {
            Path input = measurements(frames, MEASUREMENTS);
            infer(List.of(), model, input, "source", "--batch", Integer.toString(Math.min(frames, MAX_BATCH)))
                    .expect(0);
            Path unused = folder.resolve("unused");
            CommandResult result = infer(masked.starter(), model, input, "program", "--batch",
                    Integer.toString(MAX_BATCH), "--program", programs.toString(), "--cache", unused.toString())
                    .expect(0);
            assertEquals("", result.err());
            assertFalse(Files.exists(unused), "a cache was made, though nothing is compiled");
            assertArrayEquals(Npy.read(folder.resolve("source.npy")).data(),
                    Npy.read(folder.resolve("program.npy")).data(), network + ", " + frames + " frames");
        }
    }

    @Test
    void validate_gatewayWithExportedPrograms_loadsThem() throws Exception {
        export(SmallNetworks.ista(folder.resolve("ista.onnx")));
        Path configuration = Files.write(folder.resolve("reluctor.yaml"), List.of("networks: [{file: ista.onnx}]",
                "device: {program: kernels/ista.clbin, cacheFolder: unused}", "batch: {max: " + MAX_BATCH + "}"));
        CommandResult result = run(coldDriver(), masked.starter(), "validate", "--device", "--config",
                configuration.toString())
                .expect(0);
        assertTrue(result.out().contains("computes on"), result.out());
        assertFalse(Files.exists(folder.resolve("unused")));
    }

    @Test
    void export_everyKernel_isFinishedAlsoThoseForNeed() throws Exception {
        Path programs = export(SmallNetworks.wide(folder.resolve("wide.onnx")));
        Map<String, String> driver = coldDriver();
        infer(driver, masked.starter(), folder.resolve("wide.onnx"), measurements(1, MEASUREMENTS), "x", "--batch", "1",
                "--program", programs.toString()).expect(0);
        // PoCL unpacks a binary into its cache: a folder a kernel, in it one for each shape that it is finished for.
        List<Path> generic;
        try (Stream<Path> files = Files.walk(Path.of(driver.get("POCL_CACHE_DIR")))) {
            generic = files.filter(path -> path.endsWith("0-0-0")).toList();
        }
        assertTrue(generic.size() > 2, generic.toString());
        for (Path shape : generic) {
            try (Stream<Path> shapes = Files.list(shape.getParent())) {
                assertTrue(shapes.count() > 1, shape.getParent() + " is not finished for any launch");
            }
        }
    }

    private Path export(Path model) throws Exception {
        Path kernels = folder.resolve("kernels");
        run(coldDriver(), List.of(), "kernels", "--model", model.toString(), "--export", kernels.toString(), "--batch",
                Integer.toString(MAX_BATCH)).expect(0);
        return kernels.resolve(model.getFileName().toString().replace(".onnx", ".clbin"));
    }

    private CommandResult infer(List<String> starter, Path model, Path input, String output, String... further)
            throws Exception {
        return infer(starter.isEmpty() ? Map.of() : coldDriver(), starter, model, input, output, further);
    }

    private CommandResult infer(Map<String, String> environment, List<String> starter, Path model, Path input,
            String output, String... further) throws Exception {
        return run(environment, starter, Stream.concat(Stream.of("infer", "--model", model.toString(), "--input",
                input.toString(), "--output", folder.resolve(output + ".npy").toString()), Stream.of(further))
                .toArray(String[]::new));
    }

    /** An empty cache of the driver's own. */
    private Map<String, String> coldDriver() throws IOException {
        return Map.of("POCL_CACHE_DIR", Files.createTempDirectory(folder, "pocl").toString());
    }

    private CommandResult run(Map<String, String> environment, List<String> starter, String... command)
            throws Exception {
        try (ReluctorProcess process = ReluctorProcess.startUnder(starter, folder, environment,
                new ArrayList<>(List.of(command)))) {
            return process.await(LIMIT);
        }
    }

    private Path measurements(int frames, int each) throws IOException {
        Random random = new Random(frames);
        float[] y = new float[frames * each];
        for (int i = 0; i < y.length; i++) {
            y[i] = (float) random.nextGaussian();
        }
        Path file = folder.resolve("y.npy");
        Npy.write(file, y, frames, each);
        return file;
    }
}
