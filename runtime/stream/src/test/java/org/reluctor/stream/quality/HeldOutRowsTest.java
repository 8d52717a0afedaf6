package org.reluctor.stream.quality;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeldOutRowsTest {
    private static final Path VECTORS = Path.of("../../config/vectors/held-out.csv");

    @Test
    void rows_ofTheTestVectors_areTheirs() throws IOException {
        Iterator<String[]> records = Files.readAllLines(VECTORS).stream().filter(line -> !line.startsWith("#"))
                .map(line -> line.split(",")).iterator();
        int compared = 0;
        while (records.hasNext()) {
            String[] head = records.next();
            int rows = Integer.parseInt(head[4]);
            int n = Integer.parseInt(head[5]);
            float[][] drawn = entries(hex(head[1]), hex(head[2]), hex(head[3]), rows, n);
            for (int row = 0; row < rows; row++) {
                List<String> record = List.of(records.next());
                assertEquals(List.of("row", Integer.toString(row)), record.subList(0, 2));
                assertEquals(record.subList(2, record.size()), words(drawn[row]));
                compared++;
            }
        }
        assertTrue(compared >= 8, compared + " rows");
    }

    @Test
    void measure_rowsInTwoCalls_areThoseOfOne() {
        float[] x = {1, -2, 3, 5, 8};
        float[] together = new float[7];
        new HeldOutRows(1, 2, 3).measure(x, 0, 5, together, 0, 7);
        float[] apart = new float[7];
        HeldOutRows rows = new HeldOutRows(1, 2, 3);
        rows.measure(x, 0, 5, apart, 0, 3);
        rows.measure(x, 0, 5, apart, 3, 4);
        assertArrayEquals(together, apart);
    }

    /** With 160,000 entries, the standard error of the mean is 0.0025 and that of the variance 0.0031. */
    @Test
    void entries_ofManyFrames_haveMeanZeroAndVarianceOneAndFollowNoOther() {
        double sum = 0;
        double squares = 0;
        double neighbours = 0;
        float[] before = new float[160];
        for (int seq = 0; seq < 1000; seq++) {
            float[] row = entries(77, 5, seq, 1, 160)[0];
            for (int i = 0; i < row.length; i++) {
                sum += row[i];
                squares += row[i] * row[i];
                neighbours += row[i] * before[i];
            }
            before = row;
        }
        assertEquals(0, sum / 160_000, 0.01);
        assertEquals(1, squares / 160_000, 0.0125);
        assertEquals(0, neighbours / 160_000, 0.01);
    }

    /** The matrix itself, by measuring unit vectors. */
    private static float[][] entries(long seed, long boot, long seq, int rows, int n) {
        float[][] entries = new float[rows][n];
        for (int column = 0; column < n; column++) {
            float[] unit = new float[n];
            unit[column] = 1;
            float[] y = new float[rows];
            new HeldOutRows(seed, boot, seq).measure(unit, 0, n, y, 0, rows);
            for (int row = 0; row < rows; row++) {
                entries[row][column] = y[row];
            }
        }
        return entries;
    }

    private static List<String> words(float[] entries) {
        return IntStream.range(0, entries.length).mapToObj(i -> Integer.toString((int) entries[i])).toList();
    }

    private static long hex(String digits) {
        return Long.parseUnsignedLong(digits, 16);
    }
}
