package org.reluctor.devicetests.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.devicetests.command.RunningGateway;
import org.reluctor.devicetests.devicelost.FieldSite;
import org.reluctor.opencl.device.Platforms;

/**
 * Files that were compiled or found before, damaged as power cuts and worn cards do it. They cost the time of making
 * them anew, never the start: neither ours nor those of the driver, which loads whatever lies there.
 */
class DamagedFilesIT {
    private static final int FRAMES = 20;

    @TempDir
    Path folder;

    private FieldSite site;
    private Map<String, String> environment;

    @BeforeEach
    void open() throws Exception {
        site = new FieldSite(folder);
        environment = Map.of("POCL_CACHE_DIR", folder.resolve("pocl").toString());
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void gateway_filesOfTheDriverDamaged_compilesThemAnewAndSaysSo() throws Exception {
        assumeTrue(Platforms.discover().select(System.getProperty("reluctor.device", Platforms.AUTO)).platform()
                .equals("Portable Computing Language"), "another driver has another cache");
        assertEquals("", remarks());
        assertEquals("", remarks());
        List<UnaryOperator<byte[]>> damages = List.of(bytes -> new byte[0],
                bytes -> Arrays.copyOf(bytes, bytes.length / 2), DamagedFilesIT::zeroedBehind,
                DamagedFilesIT::oneBitOther);
        for (UnaryOperator<byte[]> damage : damages) {
            for (String ending : List.of(".so", ".bc")) {
                damage("pocl", ending, damage);
                assertTrue(remarks().contains("damaged, as by a power cut"), ending);
            }
        }
        assertEquals("", remarks());
    }

    @Test
    void gateway_ownFilesDamaged_makesThemAnew() throws Exception {
        assertEquals("", remarks());
        for (UnaryOperator<byte[]> damage : List.<UnaryOperator<byte[]>>of(bytes -> new byte[0],
                bytes -> Arrays.copyOf(bytes, bytes.length / 2), DamagedFilesIT::oneBitOther)) {
            damage("kernels", ".clbin", damage);
            damage("kernels", ".sha256", damage);
            assertEquals("", remarks());
        }
    }

    /** While it runs nothing is read any more: the next start finds the damage. */
    @Test
    void gateway_allFilesDamagedWhileItRuns_goesOn() throws Exception {
        try (RunningGateway gateway = RunningGateway.start(folder, site.brokerUri(), environment)) {
            for (String ending : List.of(".so", ".bc", ".clbin")) {
                damage(ending.equals(".clbin") ? "kernels" : "pocl", ending, bytes -> new byte[0]);
            }
            site.send(FRAMES);
            site.awaitAll();
            assertEquals(200, gateway.page("/readyz").statusCode());
        }
        remarks();
    }

    /** Runs a gateway that has to give right signals; returns what it says of damage. */
    private String remarks() throws Exception {
        try (RunningGateway gateway = RunningGateway.start(folder, site.brokerUri(), environment)) {
            site.send(FRAMES);
            site.awaitAll();
            return String.join("\n", gateway.process().err().lines().filter(line -> line.contains("damaged")).toList());
        }
    }

    private void damage(String below, String ending, UnaryOperator<byte[]> damage) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(below))) {
            List<Path> found = files.filter(file -> file.toString().endsWith(ending)).toList();
            assertTrue(!found.isEmpty(), "no " + ending + " in " + below);
            for (Path file : found) {
                byte[] damaged = damage.apply(Files.readAllBytes(file));
                // A new file in its place: the old one may be mapped into a process.
                Files.delete(file);
                Files.write(file, damaged);
            }
        }
    }

    private static byte[] zeroedBehind(byte[] bytes) {
        byte[] damaged = bytes.clone();
        Arrays.fill(damaged, bytes.length / 2, bytes.length, (byte) 0);
        return damaged;
    }

    private static byte[] oneBitOther(byte[] bytes) {
        byte[] damaged = bytes.clone();
        damaged[bytes.length / 2] ^= 4;
        return damaged;
    }
}
