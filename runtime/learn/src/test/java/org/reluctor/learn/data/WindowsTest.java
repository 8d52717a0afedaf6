package org.reluctor.learn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WindowsTest {
    @TempDir
    private Path folder;

    @Test
    void of_record_isInPhysicalUnitsAndDropsTheRest() throws IOException {
        WfdbFiles.record16(folder, "r", 1024, 1025, 1026, 1027, 1000);
        Windows windows = Windows.of(DataFolder.open(folder).recording("r"), 0, 2, 1);
        assertArrayEquals(new double[] {0, 0.005, 0.01, 0.015}, windows.samples());
        assertEquals(2, windows.count());
        assertEquals(14.0 / 200 / 200, windows.energy(), 1e-12);
    }

    @Test
    void of_stride_takesEverySoManyth() throws IOException {
        WfdbFiles.record16(folder, "r", 1024, 1025, 1026, 1027, 1028);
        Windows windows = Windows.of(DataFolder.open(folder).recording("r"), 0, 1, 2);
        assertArrayEquals(new double[] {0, 0.01, 0.02}, windows.samples());
    }

    @Test
    void of_invalidSample_leavesItsWindowOut() throws IOException {
        WfdbFiles.record16(folder, "r", 1024, 1025, -32_768, 1027, 1028, 1029);
        Windows windows = Windows.of(DataFolder.open(folder).recording("r"), 0, 2, 1);
        assertArrayEquals(new double[] {0, 0.005, 0.02, 0.025}, windows.samples());
    }

    @Test
    void of_absentSignalOrShortRecord_isRefused() throws IOException {
        WfdbFiles.record16(folder, "r", 1, 2, 3);
        Recording record = DataFolder.open(folder).recording("r");
        assertTrue(assertThrows(DataFormatException.class, () -> Windows.of(record, 1, 2, 1)).getMessage()
                .contains("signal 1"));
        assertTrue(assertThrows(DataFormatException.class, () -> Windows.of(record, 0, 4, 1)).getMessage()
                .contains("3 samples; a window needs 4"));
    }

    @Test
    void folder_unknownRecord_isRefusedWithThoseThatAreThere() throws IOException {
        WfdbFiles.record16(folder, "b", 1);
        WfdbFiles.record16(folder, "a", 1);
        DataFolder records = DataFolder.open(folder);
        assertEquals(List.of("a", "b"), records.names());
        assertTrue(assertThrows(DataFormatException.class, () -> records.recording("c")).getMessage().contains("a, b"));
    }
}
