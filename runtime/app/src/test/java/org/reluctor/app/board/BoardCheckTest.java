package org.reluctor.app.board;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.app.board.Finding.Level;

/** Boards as their files show them, each with one thing that is wrong. */
class BoardCheckTest {
    private static final byte[] AARCH64 = {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0,
        (byte) 183, 0};
    private static final String VENDORS = "etc/OpenCL/vendors/";

    @TempDir
    Path root;
    private String machine;

    @BeforeEach
    void installLoader() throws IOException {
        machine = System.getProperty("os.arch");
        library("usr/lib/libOpenCL.so.1");
    }

    @Test
    void files_boardWithoutLoader_namesItsPackage() throws IOException {
        Files.delete(root.resolve("usr/lib/libOpenCL.so.1"));
        assertEquals("apt-get install ocl-icd-libopencl1", one(Level.BAD, "loader").remedy());
    }

    @Test
    void files_noDriverOnAPlainBoard_namesPocl() {
        Finding finding = one(Level.BAD, "driver");
        assertTrue(finding.text().contains("/etc/OpenCL/vendors"), finding.text());
        assertTrue(finding.remedy().contains("pocl-opencl-icd"), finding.remedy());
    }

    @Test
    void files_noDriverOnAJetson_namesPoclWithCudaFirst() throws IOException {
        write("proc/device-tree/compatible", "nvidia,p3737-0000\0nvidia,tegra234\0");
        String remedy = one(Level.BAD, "driver").remedy();
        assertTrue(remedy.startsWith("a Jetson") && remedy.contains("ENABLE_CUDA"), remedy);
    }

    @Test
    void files_noDriverForARenderNode_namesWhatItsKernelDriverWants() throws IOException {
        Path device = Files.createDirectories(root.resolve("sys/class/drm/renderD128/device"));
        Files.createSymbolicLink(device.resolve("driver"), Path.of("../../bus/platform/drivers/v3d"));
        assertTrue(one(Level.BAD, "driver").remedy().contains("RUSTICL_ENABLE=v3d"));
    }

    @Test
    void files_driverWhoseLibraryIsMissing_namesFileLibraryAndPackage() throws IOException {
        write(VENDORS + "pocl.icd", "libpocl.so.2\n");
        Finding finding = one(Level.BAD, "driver");
        assertTrue(finding.text().contains("pocl.icd names libpocl.so.2"), finding.text());
        assertTrue(finding.remedy().startsWith("apt-get install libpocl2"), finding.remedy());
    }

    @Test
    void files_emptyRegistration_isTold() throws IOException {
        write(VENDORS + "empty.icd", "");
        assertTrue(one(Level.BAD, "driver").text().contains("empty.icd"));
    }

    @Test
    void files_libraryForAnotherMachine_isTold() throws IOException {
        byte[] other = AARCH64.clone();
        other[18] = (byte) (machine.equals("aarch64") ? 62 : 183);
        Files.write(folder("usr/lib/libfoo.so").resolve("libfoo.so"), other);
        write(VENDORS + "foo.icd", "/usr/lib/libfoo.so");
        assertTrue(one(Level.BAD, "driver").text().contains("this Java runs on " + machine));
    }

    @Test
    void files_severalDrivers_areTold() throws IOException {
        library("usr/lib/libone.so");
        library("usr/lib/libtwo.so");
        write(VENDORS + "one.icd", "libone.so");
        write(VENDORS + "two.icd", "libtwo.so");
        assertTrue(one(Level.NOTE, "driver").text().startsWith("2 drivers"));
    }

    @Test
    void files_driversNamedByVariable_areThoseAlone() throws IOException {
        write(VENDORS + "one.icd", "libabsent.so");
        library("opt/libtwo.so");
        write("opt/vendors/two.icd", "/opt/libtwo.so");
        List<Finding> findings = new BoardCheck(new BoardFiles(root), Map.of("OCL_ICD_VENDORS", "/opt/vendors"))
                .files();
        assertEquals(List.of("/opt/vendors/two.icd: /opt/libtwo.so"), findings.stream()
                .filter(finding -> finding.subject().equals("driver")).map(Finding::text).toList());
    }

    @Test
    void files_nvidiaLibraryAndModuleOfDifferentVersions_areTold() throws IOException {
        library("usr/lib/libnvidia-opencl.so.550.90.07");
        Files.createSymbolicLink(root.resolve("usr/lib/libnvidia-opencl.so.1"),
                Path.of("libnvidia-opencl.so.550.90.07"));
        write(VENDORS + "nvidia.icd", "libnvidia-opencl.so.1");
        write("sys/module/nvidia/version", "535.183.01\n");
        String text = one(Level.BAD, "nvidia").text();
        assertTrue(text.contains("550.90.07") && text.contains("535.183.01"), text);
        write("sys/module/nvidia/version", "550.90.07\n");
        assertEquals(1, findings(Level.GOOD, "nvidia").size());
    }

    @Test
    void check_nodeThatTheUserMayNotOpen_namesItsGroup() throws IOException {
        Path node = folder("dev/dri/renderD128").resolve("renderD128");
        Files.write(node, new byte[0]);
        Files.setPosixFilePermissions(node, java.nio.file.attribute.PosixFilePermissions.fromString("rw-rw----"));
        List<Finding> findings = DeviceNodes.check(new BoardFiles(root), "anna", path -> false);
        assertEquals(List.of("/dev/dri/renderD128 cannot be opened by anna"),
                findings.stream().map(Finding::text).toList());
        String group = Files.readAttributes(node, java.nio.file.attribute.PosixFileAttributes.class).group().getName();
        String remedy = findings.get(0).remedy();
        assertTrue(remedy.contains(group.equals("root") ? "rule of udev" : "usermod -aG " + group + " anna"), remedy);
    }

    private Finding one(Level level, String subject) {
        List<Finding> found = findings(level, subject);
        assertEquals(1, found.size(), found.toString());
        return found.get(0);
    }

    private List<Finding> findings(Level level, String subject) {
        return new BoardCheck(new BoardFiles(root), Map.of()).files().stream()
                .filter(finding -> finding.level() == level && finding.subject().equals(subject)).toList();
    }

    private void library(String path) throws IOException {
        byte[] head = AARCH64.clone();
        head[18] = (byte) (machine.equals("aarch64") ? 183 : 62);
        Files.write(folder(path).resolve(Path.of(path).getFileName()), head);
    }

    private void write(String path, String text) throws IOException {
        Files.writeString(folder(path).resolve(Path.of(path).getFileName()), text);
    }

    private Path folder(String path) throws IOException {
        return Files.createDirectories(root.resolve(path).getParent());
    }
}
