package org.reluctor.app.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.opencl.device.Device;
import org.reluctor.opencl.device.DeviceKind;
import org.reluctor.opencl.operation.KernelForm;
import org.reluctor.opencl.operation.WeightFormat;
import org.reluctor.opencl.tuning.LaunchComponent;
import org.reluctor.opencl.tuning.LaunchParameters;

class TuningFolderTest {
    private static final Device DEVICE = device("cpu-Cortex A72/../..", "3.1");

    @TempDir
    Path folder;

    private static Device device(String name, String driver) {
        return new Device(name, "A platform", "vendor", "OpenCL 1.2", driver, DeviceKind.CPU, 4, 1, 1, 1, 1, true, null,
                null);
    }

    /** Other than the table's. */
    private static LaunchParameters other() {
        LaunchParameters builtIn = LaunchParameters.of(DEVICE);
        LaunchComponent component = LaunchComponent.all().get(LaunchComponent.all().size() - 1);
        return component.with(builtIn, component.candidates().stream()
                .filter(value -> !value.equals(component.of(builtIn))).findFirst().orElseThrow());
    }

    @Test
    void find_nothingKept_isTheTable() {
        TuningFolder.Found found = new TuningFolder(folder.resolve("absent")).find(DEVICE);
        assertEquals(new TuningFolder.Found(LaunchParameters.of(DEVICE), Optional.empty(), Optional.empty()), found);
    }

    @Test
    void find_afterKeep_isWhatWasKept() {
        TuningFolder tuning = new TuningFolder(folder.resolve("a/b"));
        Path file = tuning.keep(DEVICE, other());
        assertEquals(new TuningFolder.Found(other(), Optional.of(file), Optional.empty()), tuning.find(DEVICE));
        assertEquals(folder.resolve("a/b"), file.getParent());
        assertEquals(Optional.empty(), tuning.find(device("another", "3.1")).file());
    }

    @Test
    void find_driverChanged_isTheTableWithARemark() {
        TuningFolder tuning = new TuningFolder(folder);
        Path file = tuning.keep(DEVICE, other());
        TuningFolder.Found found = tuning.find(device(DEVICE.name(), "3.2"));
        assertEquals(LaunchParameters.of(DEVICE), found.parameters());
        String remark = found.remark().orElse("");
        assertTrue(remark.contains(file.toString()) && remark.contains("driver 3.1, this is driver 3.2")
                && remark.contains("bench --tune"), remark);
    }

    @Test
    void find_formThatDoesNotReadTheWeights_isTheTableWithARemark() {
        TuningFolder tuning = new TuningFolder(folder);
        LaunchParameters plain = new LaunchParameters(KernelForm.PLAIN, 2, 0, false, WeightFormat.FLOAT32);
        Path file = tuning.keep(DEVICE, plain);
        assertEquals(plain, tuning.find(DEVICE, WeightFormat.FLOAT32).parameters());
        TuningFolder.Found found = tuning.find(DEVICE, WeightFormat.INT8);
        assertEquals(LaunchParameters.of(DEVICE), found.parameters());
        assertEquals(Optional.empty(), found.file());
        String remark = found.remark().orElse("");
        assertTrue(remark.startsWith(file + ": form plain does not read weights as int8; the built-in"), remark);
    }

    @Test
    void find_damagedFile_isTheTableWithARemark() throws IOException {
        TuningFolder tuning = new TuningFolder(folder);
        Path file = tuning.keep(DEVICE, other());
        byte[] whole = Files.readAllBytes(file);
        for (byte[] content : new byte[][] {{}, {(byte) 0xFF, 0, 1}, java.util.Arrays.copyOf(whole, whole.length / 2),
            new byte[1 << 20]}) {
            Files.write(file, content);
            TuningFolder.Found found = tuning.find(DEVICE);
            assertEquals(LaunchParameters.of(DEVICE), found.parameters());
            assertTrue(found.remark().orElse("").contains(file.toString()), found.toString());
        }
    }

    @Test
    void find_folderInItsPlace_isTheTableWithARemark() throws IOException {
        TuningFolder tuning = new TuningFolder(folder);
        Files.createDirectory(tuning.file(DEVICE));
        assertTrue(tuning.find(DEVICE).remark().orElse("").contains("is no file"));
    }

    @Test
    void keep_folderUnderAFile_isRefusedInWords() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Failure failure = assertThrows(Failure.class, () -> new TuningFolder(file.resolve("x")).keep(DEVICE, other()));
        assertEquals(ExitStatus.CANNOT_CREATE, failure.status());
        assertTrue(failure.getMessage().contains("--state"), failure.getMessage());
    }
}
