package org.reluctor.learn.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WfdbRecordTest {
    /** Format 212 of 1, -2, 2047, -2047, 1024, 5: two samples in three bytes. */
    private static final int[] PACKED = {0x01, 0xF0, 0xFE, 0xFF, 0x87, 0x01, 0x00, 0x04, 0x05};

    @TempDir
    private Path folder;

    @Test
    void read_format212OfTwoSignals_takesTurns() throws IOException {
        WfdbFiles.bytes(folder, "r.dat", PACKED);
        Path header = WfdbFiles.header(folder, "r", "# made for a test", "r 2 360 3",
                "r.dat 212 200 11 1024 1 3072 0 MLII", "r.dat 212 100(7)/uV 11 0 -2 -2044 0 lead V 1");
        WfdbRecord record = WfdbRecord.read(header);
        assertArrayEquals(new int[] {1, 2047, 1024}, record.samples(0));
        assertArrayEquals(new int[] {-2, -2047, 5}, record.samples(1));
        assertEquals("r", record.name());
        assertEquals(360, record.sampleRateHz());
        assertEquals(3, record.length());
        WfdbSignal second = record.signals().get(1);
        assertEquals(new WfdbSignal("r.dat", 212, 0, 100, 7, "uV", 0, -2044, "lead V 1"), second);
        assertEquals(1024, record.signals().get(0).baseline(), "the baseline defaults to ADC zero");
    }

    @Test
    void read_format212OfOddLength_needsNoLastByte() throws IOException {
        WfdbFiles.bytes(folder, "r.dat", 0x01, 0xF0, 0xFE, 0xFF, 0x07);
        Path header = WfdbFiles.header(folder, "r", "r 1 360 3", "r.dat 212");
        assertArrayEquals(new int[] {1, -2, 2047}, WfdbRecord.read(header).samples(0));
    }

    @Test
    void read_format16_isLittleEndianAndSigned() throws IOException {
        WfdbFiles.bytes(folder, "r.dat", 0x34, 0x12, 0xFF, 0xFF, 0x00, 0x80, 0xFF, 0x7F);
        Path header = WfdbFiles.header(folder, "r", "r 1 128", "r.dat 16 0");
        WfdbRecord record = WfdbRecord.read(header);
        assertArrayEquals(new int[] {0x1234, -1, -32_768, 32_767}, record.samples(0));
        assertEquals(200, record.signals().get(0).gain(), "a gain of 0 means the default");
        assertTrue(record.isValid(0, 0));
        assertFalse(record.isValid(0, 2), "-32768 stands for no sample");
    }

    @Test
    void read_twoFilesAndByteOffset_readsEachItsWay() throws IOException {
        WfdbFiles.bytes(folder, "a.dat", 9, 9, 1, 0, 2, 0);
        WfdbFiles.bytes(folder, "b.dat", 0x03, 0x00, 0x04);
        Path header = WfdbFiles.header(folder, "r", "r 2 360/360(0) 2", "a.dat 16+2", "b.dat 212");
        WfdbRecord record = WfdbRecord.read(header);
        assertArrayEquals(new int[] {1, 2}, record.samples(0));
        assertArrayEquals(new int[] {3, 4}, record.samples(1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "r 2 360 4                 | r.dat 212               | promises 2 signals but describes 1",
        "r 1 360 4                 | r.dat 80                | r.hea:2: the format is 80; known are 16, 212",
        "r 1 360 4                 | r.dat twelve            | the format is 'twelve'",
        "r 1 360 4                 | r.dat 212x2             | samples a frame is 2; only 1 is read",
        "r 1 360 4                 | absent.dat 212          | absent.dat: the signal file",
        "r 1 360 7                 | r.dat 212               | r.dat: 9 bytes of samples, but 1 signals of 7",
        "r 1 360 4                 | r.dat 212 200 11 0 1 77 | sum up to",
        "r 1 360 4                 | ../r.dat 212            | it must be the name of a file in the header's folder",
        "r 1 0 4                   | r.dat 212               | r.hea:1: the sampling frequency is '0'",
        "r x 360 4                 | r.dat 212               | the number of signals is 'x'",
        "r/3 1 360 4               | r.dat 212               | has several segments",
        "r 1 360 many              | r.dat 212               | number of samples a signal is 'many'",
        "r 1 360 4                 | r.dat 212 gain          | the gain is 'gain'",
        "# only a remark           | r.dat                   | r.hea:2: the number of signals is ''"})
    void read_malformed_saysWhereAndWhat(String first, String second, String message) throws IOException {
        WfdbFiles.bytes(folder, "r.dat", PACKED);
        Path header = WfdbFiles.header(folder, "r", first, second);
        DataFormatException refused = assertThrows(DataFormatException.class, () -> WfdbRecord.read(header));
        assertTrue(refused.getMessage().contains(message), refused.getMessage());
    }

    @Test
    void read_absentOrEmptyHeader_isNamed() throws IOException {
        Path absent = folder.resolve("absent.hea");
        assertTrue(assertThrows(DataFormatException.class, () -> WfdbRecord.read(absent)).getMessage()
                .contains("absent.hea: no such header"));
        Path empty = Files.createFile(folder.resolve("empty.hea"));
        assertTrue(assertThrows(DataFormatException.class, () -> WfdbRecord.read(empty)).getMessage()
                .contains("empty.hea: the header is empty"));
    }

    @Test
    void read_everyTruncation_neverEscapesAsAnotherException() throws IOException {
        Path header = WfdbFiles.header(folder, "r", "r 2 360 3", "r.dat 212", "r.dat 212");
        for (int length = 0; length < PACKED.length; length++) {
            WfdbFiles.bytes(folder, "r.dat", Arrays.copyOf(PACKED, length));
            assertThrows(DataFormatException.class, () -> WfdbRecord.read(header), "of " + length + " bytes");
        }
    }
}
