package org.reluctor.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpyTest {
    @TempDir
    private Path folder;

    @Test
    void write_thenRead_isTheSameArray() throws IOException {
        for (int[] shape : new int[][] {{}, {6}, {2, 3}, {1, 2, 3}, {0, 4}}) {
            float[] data = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
            for (int at = 0; at < data.length; at++) {
                data[at] = at == 0 ? Float.NaN : at / 7f;
            }
            Path file = folder.resolve("array.npy");
            Npy.write(file, data, shape);
            Npy.FloatArray read = Npy.read(file);
            assertArrayEquals(shape, read.shape());
            assertArrayEquals(data, read.data());
        }
    }

    @Test
    void write_smallArray_isByteForByteWhatNumpyWrites() throws IOException {
        Path file = folder.resolve("array.npy");
        Npy.write(file, new float[] {1, -2}, 2);
        String dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }";
        byte[] bytes = Files.readAllBytes(file);
        assertEquals("934e554d5059" + "0100" + "7600", HexFormat.of().formatHex(bytes, 0, 10));
        assertEquals(dictionary + " ".repeat(117 - dictionary.length()) + "\n",
                new String(bytes, 10, 118, StandardCharsets.US_ASCII));
        assertEquals("0000803f" + "000000c0", HexFormat.of().formatHex(bytes, 128, bytes.length));
    }

    @Test
    void write_shapeAgainstData_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> Npy.write(folder.resolve("a.npy"), new float[5], 2, 3));
    }

    @ParameterizedTest
    @CsvSource({
        "<f4, 0000c03f000000c0, 1.5, -2",
        "<f8, 000000000000f83f00000000000000c0, 1.5, -2",
        "|i1, 7f80, 127, -128",
        "<i1, 7f80, 127, -128",
        "|u1, 7fff, 127, 255",
        "<i2, ff7f0080, 32767, -32768",
        "<u2, 0100ffff, 1, 65535",
        "<i4, 01000000ffffffff, 1, -1"})
    void read_elementTypes_areWidenedOrRounded(String type, String data, float first, float second) throws IOException {
        Npy.FloatArray array = Npy.read(file(1, header(type, "(2,)"), HexFormat.of().parseHex(data)));
        assertArrayEquals(new float[] {first, second}, array.data());
    }

    @Test
    void read_versionsTwoAndThree_areRead() throws IOException {
        for (int version : new int[] {2, 3}) {
            assertArrayEquals(new int[] {2, 1}, Npy.read(file(version, header("|u1", "(2, 1)"), new byte[2])).shape());
        }
    }

    @Test
    void read_oddButLegalHeader_isRead() throws IOException {
        String header = "{\"shape\":(1,2) , \"fortran_order\":False,\"descr\":\"|u1\"}";
        assertArrayEquals(new float[] {3, 4}, Npy.read(file(1, header, new byte[] {3, 4})).data());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "{'descr': '|O', 'fortran_order': False, 'shape': (2,), }; Python objects, which are never loaded",
        "{'descr': '>f4', 'fortran_order': False, 'shape': (2,), }; big-endian",
        "{'descr': '<f4', 'fortran_order': True, 'shape': (2,), }; numpy.ascontiguousarray",
        "{'descr': '<c8', 'fortran_order': False, 'shape': (2,), }; the elements are '<c8'",
        "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,), }; structured elements",
        "{'fortran_order': False, 'shape': (2,), }; without a usable 'descr'",
        "{'descr': '<f4', 'shape': (2,), }; without a usable 'fortran_order'",
        "{'descr': '<f4', 'fortran_order': False, }; without a usable 'shape'",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }; dimension '-2'",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }; dimension '99999999999'",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2147483647, 2147483647, 4, 9), }; at most 268435456",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (500000000,), }; has 500000000 elements",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (200000000,), }; it is cut off",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }; but its header says",
        "__import__('os').abort(); is no dictionary"})
    void read_badHeader_isRefusedInWords(String header, String part) throws IOException {
        assertRefused(file(1, header, new byte[8]), part);
    }

    @Test
    void read_badFile_isRefusedInWords() throws IOException {
        assertRefused(folder.resolve("absent.npy"), "there is no such file");
        assertRefused(folder, "is a folder");
        assertRefused(Files.write(folder.resolve("a.npy"), new byte[0]), "is cut off");
        assertRefused(Files.write(folder.resolve("a.npy"), "1,2,3\n4,5,6\n".getBytes(StandardCharsets.US_ASCII)),
                "does not begin with \\x93NUMPY");
        assertRefused(file(9, header("<f4", "(2,)"), new byte[8]), "version 9");
        byte[] huge = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 2, 0, -1, -1, -1, 127};
        assertRefused(Files.write(folder.resolve("a.npy"), huge), "claims a header of 2147483647 bytes");
        assertRefused(file(1, header("<f8", "(1,)"), HexFormat.of().parseHex("000000000000f07e")), "beyond float32");
    }

    @Test
    void read_anyTruncation_isRefused() throws IOException {
        byte[] whole = Files.readAllBytes(file(1, header("<f4", "(3,)"), new byte[12]));
        for (int length = 0; length < whole.length; length++) {
            assertRefused(Files.write(folder.resolve("cut.npy"), Arrays.copyOf(whole, length)), "cut");
        }
    }

    private static void assertRefused(Path file, String part) {
        String message = assertThrows(NetworkFormatException.class, () -> Npy.read(file)).getMessage();
        assertTrue(message.startsWith(file + ": "), message);
        assertTrue(message.contains(part), message);
    }

    private static String header(String type, String shape) {
        return "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }";
    }

    private Path file(int version, String header, byte[] data) throws IOException {
        ByteBuffer file = ByteBuffer.allocate(12 + header.length() + data.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII)).put((byte) version).put((byte) 0);
        if (version == 1) {
            file.putShort((short) header.length());
        } else {
            file.putInt(header.length());
        }
        file.put(header.getBytes(StandardCharsets.US_ASCII)).put(data);
        return Files.write(folder.resolve("array.npy"), Arrays.copyOf(file.array(), file.position()));
    }
}
