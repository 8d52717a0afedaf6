package org.reluctor.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class MeasurementMatrixTest {
    @Test
    void matrices_publishedVectors_areTheSame() throws Exception {
        Iterator<String[]> records = VectorFiles.records("matrix.csv").iterator();
        int sparse = 0;
        int rademacher = 0;
        int dense = 0;
        while (records.hasNext()) {
            String[] head = records.next();
            switch (head[0]) {
                case "sparse-binary" -> sparse += checkSparse(head, records);
                case "rademacher" -> rademacher += checkRademacher(head, records);
                case "dense" -> dense += checkDense(head, records);
                default -> throw new IllegalStateException("unknown record " + head[0]);
            }
        }
        assertEquals(List.of(3, 2, 4), List.of(sparse, rademacher, dense));
    }

    private static int checkSparse(String[] head, Iterator<String[]> records) {
        int m = Integer.parseInt(head[1]);
        int n = Integer.parseInt(head[2]);
        MeasurementMatrix matrix = MeasurementMatrix.sparseBinary(m, n, Integer.parseInt(head[3]), seed(head[4]));
        float[] expected = new float[m * n];
        for (int column = 0; column < n; column++) {
            int[] rows = Arrays.stream(records.next()).skip(2).mapToInt(Integer::parseInt).toArray();
            assertArrayEquals(rows, matrix.rowsOfColumn(column), "column " + column);
            for (int row : rows) {
                expected[row * n + column] = 1;
            }
        }
        assertArrayEquals(expected, matrix.toArray());
        assertEquals(head[5], matrix.id());
        return 1;
    }

    private static int checkRademacher(String[] head, Iterator<String[]> records) {
        int m = Integer.parseInt(head[1]);
        int n = Integer.parseInt(head[2]);
        MeasurementMatrix matrix = MeasurementMatrix.rademacher(m, n, seed(head[3]));
        for (int row = 0; row < m; row++) {
            String signs = records.next()[2];
            for (int column = 0; column < n; column++) {
                assertEquals(signs.charAt(column) == '+' ? 1f : -1f, matrix.at(row, column));
            }
        }
        assertEquals(head[4], matrix.id());
        return 1;
    }

    private static int checkDense(String[] head, Iterator<String[]> records) {
        int m = Integer.parseInt(head[1]);
        int n = Integer.parseInt(head[2]);
        float[] values = new float[m * n];
        for (int row = 0; row < m; row++) {
            String[] record = records.next();
            for (int column = 0; column < n; column++) {
                values[row * n + column] = Float.intBitsToFloat(Integer.parseUnsignedInt(record[column + 2], 16));
            }
        }
        MeasurementMatrix matrix = MeasurementMatrix.dense(m, n, values);
        assertEquals(head[3], matrix.id());
        assertEquals(Long.parseUnsignedLong(head[3], 16), matrix.idBits());
        return 1;
    }

    private static long seed(String hexadecimal) {
        return Long.parseUnsignedLong(hexadecimal, 16);
    }

    @Test
    void dense_negativeZero_becomesPositive() {
        float[] values = {-0f, 1};
        MeasurementMatrix matrix = MeasurementMatrix.dense(1, 2, values);
        assertEquals(0, Float.floatToRawIntBits(matrix.at(0, 0)));
        assertEquals(MeasurementMatrix.dense(1, 2, new float[] {0, 1}), matrix);
        values[1] = 7;
        assertEquals(1, matrix.at(0, 1), "the matrix keeps a copy");
    }

    @Test
    void dense_sameEntriesOtherShape_hasAnotherId() {
        float[] values = {1, 2, 3, 4, 5, 6};
        assertNotEquals(MeasurementMatrix.dense(2, 3, values).id(), MeasurementMatrix.dense(3, 2, values).id());
        assertNotEquals(MeasurementMatrix.dense(2, 3, values), MeasurementMatrix.dense(3, 2, values));
    }

    @Test
    void dense_matrixLargerThanTheDigestsBuffer_hasTheIdOfAllItsBytes() {
        float[] values = new float[100 * 100];
        Arrays.fill(values, 0.5f);
        String id = MeasurementMatrix.dense(100, 100, values).id();
        values[values.length - 1] = 0.25f;
        assertNotEquals(id, MeasurementMatrix.dense(100, 100, values).id());
    }

    @Test
    void dense_badInput_isRefusedInWords() {
        assertMessage(() -> MeasurementMatrix.dense(2, 3, new float[5]), "2×3 has 6 entries, not 5");
        assertMessage(() -> MeasurementMatrix.dense(0, 3, new float[0]), "0×3 is not possible");
        assertMessage(() -> MeasurementMatrix.dense(1 << 20, 1 << 20, new float[1]), "within 2 GiB");
        assertMessage(() -> MeasurementMatrix.dense(2, 2, new float[] {1, 2, Float.NaN, 4}), "NaN in row 1, column 0");
        assertMessage(() -> MeasurementMatrix.sparseBinary(4, 4, 5, 0), "from 1 to m = 4");
        assertMessage(() -> MeasurementMatrix.sparseBinary(4, 4, 0, 0), "from 1 to m = 4");
        assertMessage(() -> MeasurementMatrix.rademacher(4, -1, 0), "4×-1 is not possible");
    }

    private static void assertMessage(Executable action, String part) {
        String message = assertThrows(IllegalArgumentException.class, action).getMessage();
        assertTrue(message.contains(part), message);
    }

    @Test
    void isSparseBinary_byContent_isFoundWhereverTheMatrixComesFrom() {
        MeasurementMatrix made = MeasurementMatrix.sparseBinary(8, 20, 3, 9);
        MeasurementMatrix loaded = MeasurementMatrix.dense(8, 20, made.toArray());
        assertTrue(loaded.isSparseBinary());
        assertEquals(3, loaded.onesPerColumn());
        assertEquals(made, loaded);
        assertFalse(MeasurementMatrix.rademacher(8, 20, 9).isSparseBinary());
        assertFalse(MeasurementMatrix.dense(2, 2, new float[] {1, 1, 0, 1}).isSparseBinary(), "1 and 2 ones");
        assertFalse(MeasurementMatrix.dense(2, 2, new float[4]).isSparseBinary(), "no ones at all");
        assertThrows(IllegalStateException.class, () -> MeasurementMatrix.rademacher(8, 20, 9).rowsOfColumn(0));
    }

    @Test
    void measure_sparseAndDense_isTheProductInFloat64() {
        SplitMix64 random = new SplitMix64(77);
        float[] x = new float[25];
        for (int at = 0; at < x.length; at++) {
            x[at] = random.bounded(2001) - 1000;
        }
        float[] gaussian = new float[6 * 20];
        for (int at = 0; at < gaussian.length; at++) {
            gaussian[at] = random.bounded(2001) / 1000f - 1;
        }
        for (MeasurementMatrix matrix : List.of(MeasurementMatrix.sparseBinary(6, 20, 2, 3),
                MeasurementMatrix.rademacher(6, 20, 3), MeasurementMatrix.dense(6, 20, gaussian))) {
            float[] y = new float[8];
            matrix.measure(x, 5, y, 1);
            for (int row = 0; row < 6; row++) {
                double sum = 0;
                for (int column = 0; column < 20; column++) {
                    sum += (double) matrix.at(row, column) * x[5 + column];
                }
                assertEquals((float) sum, y[1 + row], matrix + " row " + row);
            }
            assertEquals(0, y[0] + y[7], "nothing beside the measurements is touched");
        }
    }

    @Test
    void measure_arraysTooShort_isRefused() {
        MeasurementMatrix matrix = MeasurementMatrix.sparseBinary(2, 4, 1, 0);
        assertThrows(IndexOutOfBoundsException.class, () -> matrix.measure(new float[4], 1, new float[2], 0));
        assertThrows(IndexOutOfBoundsException.class, () -> matrix.measure(new float[4], 0, new float[2], 1));
        assertThrows(IndexOutOfBoundsException.class, () -> matrix.at(0, 4));
    }

    @Test
    void measure_manyFrames_allocatesNothing() {
        MeasurementMatrix matrix = MeasurementMatrix.sparseBinary(64, 256, 4, 1);
        float[] x = new float[256];
        float[] y = new float[64];
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        threads.getCurrentThreadAllocatedBytes();
        matrix.measure(x, 0, y, 0);
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int frame = 0; frame < 10_000; frame++) {
            matrix.measure(x, 0, y, 0);
        }
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        // The meter itself takes some; one object a frame would be 160,000 bytes.
        assertTrue(allocated < 10_000, allocated + " bytes");
    }

    @Test
    void toTransposedArray_anyMatrix_swapsRowsAndColumns() {
        MeasurementMatrix matrix = MeasurementMatrix.dense(2, 3, new float[] {1, 2, 3, 4, 5, 6});
        assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, matrix.toTransposedArray());
    }

    @Test
    void read_npyFile_isTheSameMatrix(@TempDir Path folder) throws Exception {
        MeasurementMatrix matrix = MeasurementMatrix.rademacher(5, 7, 2);
        Npy.write(folder.resolve("phi.npy"), matrix.toArray(), 5, 7);
        assertEquals(matrix, MeasurementMatrix.read(folder.resolve("phi.npy")));
        Npy.write(folder.resolve("cube.npy"), new float[8], 2, 2, 2);
        NetworkFormatException cube = assertThrows(NetworkFormatException.class,
                () -> MeasurementMatrix.read(folder.resolve("cube.npy")));
        assertTrue(cube.getMessage().contains("cube.npy: a measurement matrix has 2 dimensions, this array has 3"),
                cube.getMessage());
        Npy.write(folder.resolve("nan.npy"), new float[] {Float.NaN}, 1, 1);
        assertThrows(NetworkFormatException.class, () -> MeasurementMatrix.read(folder.resolve("nan.npy")));
    }
}
