package org.reluctor.network;

import java.util.Arrays;

/** The measurement matrices that a seed stands for, draw by draw as a sensor repeats them. */
final class MatrixGenerators {
    private MatrixGenerators() {
    }

    /**
     * For each column in ascending order {@code d} distinct rows by Floyd's method: for j from m-d to m-1, a row t is
     * drawn below j+1; t is taken, or j if t was taken before. The rows that are taken hold 1, the others 0.
     */
    static float[] sparseBinary(int m, int n, int d, long seed) {
        SplitMix64 random = new SplitMix64(seed);
        float[] values = new float[Math.multiplyExact(m, n)];
        for (int column = 0; column < n; column++) {
            for (int j = m - d; j < m; j++) {
                int drawn = (int) random.bounded(j + 1L);
                boolean taken = values[drawn * n + column] != 0;
                values[(taken ? j : drawn) * n + column] = 1;
            }
        }
        return values;
    }

    /** The bits of successive outputs, the least significant first, in row-major order: 1 is +1, 0 is -1. */
    static float[] rademacher(int m, int n, long seed) {
        SplitMix64 random = new SplitMix64(seed);
        float[] values = new float[Math.multiplyExact(m, n)];
        long bits = 0;
        for (int at = 0; at < values.length; at++) {
            bits = at % Long.SIZE == 0 ? random.next() : bits >>> 1;
            values[at] = (bits & 1) == 1 ? 1 : -1;
        }
        return values;
    }

    /** The columns that hold a 1, row after row, each row's ascending; {@code rowEnds} receives where each row ends. */
    static int[] columnsOfOnes(float[] values, int columns, int[] rowEnds) {
        int[] found = new int[values.length];
        int count = 0;
        for (int at = 0; at < values.length; at++) {
            if (values[at] != 0) {
                found[count++] = at % columns;
            }
            rowEnds[at / columns] = count;
        }
        return Arrays.copyOf(found, count);
    }
}
