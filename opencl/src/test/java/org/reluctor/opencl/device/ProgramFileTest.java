package org.reluctor.opencl.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgramFileTest {
    private static final Device DEVICE = device("FPGA", "1.0");
    private static final byte[] FIRST = bytes("the driver's bytes");
    private static final byte[] SECOND = new byte[200_000];
    private static final String OPTIONS = ProgramSupply.BUILD_OPTIONS;

    @TempDir
    Path folder;
    private Path file;
    private byte[] whole;

    private static Device device(String name, String driver) {
        return new Device(name, "Vendor", "vendor", "OpenCL 1.2", driver, DeviceKind.ACCELERATOR, 1, 1L << 30, 1L << 28,
                1 << 15, 1, false, null, null);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @BeforeEach
    void write() throws IOException {
        Arrays.fill(SECOND, (byte) 7);
        file = folder.resolve("k.clbin");
        new ProgramFileWriter(DEVICE, Map.of("weights", "float32"))
                .add("k0", new RecordedProgram("source 0", OPTIONS, List.of("a"), FIRST))
                .add("k1", RecordedProgram.sha256("source 1"), OPTIONS, SECOND).write(file);
        whole = Files.readAllBytes(file);
    }

    @Test
    void open_written_givesFactsDeviceAndBinaries() {
        ProgramFile read = ProgramFile.open(file);
        read.requireFor(DEVICE);
        assertEquals("float32", read.facts().get("weights"));
        assertEquals("FPGA (Vendor)", read.device());
        assertEquals(List.of("k0", "k1"), read.programs());
        assertArrayEquals(FIRST, read.binary("source 0", OPTIONS));
        assertArrayEquals(SECOND, read.binary("source 1", OPTIONS));
        assertEquals(List.of(file), list(), "something was left beside the file");
    }

    @Test
    void open_cutAnywhere_isRefused() throws IOException {
        for (int length = 0; length < whole.length; length += length < 700 ? 1 : 9973) {
            String said = refusal(Arrays.copyOf(whole, length));
            assertTrue(said.contains(length == 0 ? "is empty" : "cut off"), length + " bytes: " + said);
        }
    }

    @Test
    void open_anyByteFlipped_isRefused() throws IOException {
        for (int at = 0; at < whole.length; at += at < 700 ? 1 : 9973) {
            byte[] flipped = whole.clone();
            flipped[at] ^= 0x20;
            refusal(flipped);
        }
    }

    @Test
    void open_bytesAppended_isRefused() throws IOException {
        String said = refusal(Arrays.copyOf(whole, whole.length + 1));
        assertTrue(said.contains("after its end"), said);
    }

    @Test
    void open_folderAndAbsentFile_areRefused() {
        assertTrue(assertThrows(ProgramFileException.class, () -> ProgramFile.open(folder)).getMessage()
                .startsWith(folder + ": is no file"));
        assertThrows(ProgramFileException.class, () -> ProgramFile.open(folder.resolve("none")));
    }

    @Test
    void requireFor_otherDeviceOrDriver_namesBoth() {
        ProgramFile read = ProgramFile.open(file);
        String device = assertThrows(ProgramFileException.class, () -> read.requireFor(device("GPU", "1.0")))
                .getMessage();
        assertTrue(device.contains("FPGA (Vendor)") && device.contains("GPU (Vendor)"), device);
        String driver = assertThrows(ProgramFileException.class, () -> read.requireFor(device("FPGA", "2.0")))
                .getMessage();
        assertTrue(driver.contains("1.0") && driver.contains("2.0"), driver);
    }

    @Test
    void binary_ofOtherSourceOrOptions_isRefused() {
        ProgramFile read = ProgramFile.open(file);
        assertThrows(ProgramFileException.class, () -> read.binary("source 2", OPTIONS));
        assertThrows(ProgramFileException.class, () -> read.binary("source 1", OPTIONS + " -g"));
    }

    @Test
    void binary_fileChangedAfterItWasOpened_isRefused() throws IOException {
        ProgramFile read = ProgramFile.open(file);
        byte[] flipped = whole.clone();
        flipped[whole.length - 1] ^= 1;
        Files.write(file, flipped);
        assertArrayEquals(FIRST, read.binary("source 0", OPTIONS));
        assertThrows(ProgramFileException.class, () -> read.binary("source 1", OPTIONS));
        Files.delete(file);
        assertThrows(ProgramFileException.class, () -> read.binary("source 0", OPTIONS));
    }

    private String refusal(byte[] content) throws IOException {
        Files.write(file, content);
        String said = assertThrows(ProgramFileException.class, () -> ProgramFile.open(file)).getMessage();
        assertTrue(said.startsWith(file + ": ") && said.contains("reluctor kernels"), said);
        return said;
    }

    private List<Path> list() {
        try (var files = Files.list(folder)) {
            return files.toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
