package org.reluctor.certify.graph;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Sums of matrix rows in float32, each by its factor: how a map is applied to many vectors at once. Row k of such a
 * matrix holds element k of every vector; null stands for a row of zeros, and a row that ends early goes on with zeros.
 * One object serves one thread.
 */
final class RowSums {
    /** Below so many products a second processor costs more than it saves. */
    private static final long WORTH_SHARING = 1 << 21;

    private float[] factors = new float[256];
    private float[][] rows = new float[256][];
    private int count;

    /** Gathers and sums one row of a product; called for every row, by several threads with sums of their own. */
    interface Row {
        void gather(RowSums sums, int row);
    }

    /** All rows of a product; those that stay zero stay null. The result does not depend on the number of threads. */
    static void each(int count, long products, float[][] out, int columns, Row gathering) {
        int shares = products * columns < WORTH_SHARING ? 1
                : Math.min(count, 2 * Runtime.getRuntime().availableProcessors());
        IntStream.range(0, shares).parallel().forEach(share -> {
            RowSums sums = new RowSums();
            for (int row = share * count / shares; row < (share + 1) * count / shares; row++) {
                gathering.gather(sums, row);
                sums.addTo(out, row, columns);
            }
        });
    }

    /** Takes a row with its factor. */
    void take(double factor, float[] row) {
        if (factor == 0 || row == null) {
            return;
        }
        if (count == rows.length) {
            factors = Arrays.copyOf(factors, 2 * count);
            rows = Arrays.copyOf(rows, 2 * count);
        }
        factors[count] = (float) factor;
        rows[count++] = row;
    }

    /** Takes many rows, none of them null, with their factors; both arrays are shared until the sum is formed. */
    void takeAll(float[] itsFactors, float[][] itsRows) {
        takeFirst(itsRows.length, itsFactors, itsRows);
    }

    /** Takes the first so many of them, likewise. */
    void takeFirst(int most, float[] itsFactors, float[][] itsRows) {
        factors = itsFactors;
        rows = itsRows;
        count = most;
    }

    /** Adds one row with its factor to a row of a product. */
    static void add(float[][] out, int row, float[] vector, float factor) {
        if (out[row] == null) {
            out[row] = new float[vector.length];
        }
        addFrom(0, out[row], vector, factor);
    }

    /** Adds the sum of what was taken to a row of a product, and begins anew. */
    void addTo(float[][] out, int row, int columns) {
        if (count == 0) {
            return;
        }
        if (out[row] == null) {
            out[row] = new float[columns];
        }
        int at = 0;
        for (; at + 4 <= count; at += 4) {
            int common = Math.min(Math.min(rows[at].length, rows[at + 1].length),
                    Math.min(rows[at + 2].length, rows[at + 3].length));
            addFour(out[row], at, common);
            for (int which = at; which < at + 4; which++) {
                if (rows[which].length > common) {
                    addFrom(common, out[row], rows[which], factors[which]);
                }
            }
        }
        for (; at < count; at++) {
            addFrom(0, out[row], rows[at], factors[at]);
        }
        count = 0;
    }

    /** Four at a time, because the sum is then loaded and stored a quarter as often. */
    private void addFour(float[] sum, int at, int common) {
        float[] a = rows[at];
        float[] b = rows[at + 1];
        float[] c = rows[at + 2];
        float[] d = rows[at + 3];
        float byA = factors[at];
        float byB = factors[at + 1];
        float byC = factors[at + 2];
        float byD = factors[at + 3];
        for (int i = 0; i < common; i++) {
            sum[i] += byA * a[i] + byB * b[i] + (byC * c[i] + byD * d[i]);
        }
    }

    private static void addFrom(int from, float[] sum, float[] row, float factor) {
        for (int i = from; i < row.length; i++) {
            sum[i] += factor * row[i];
        }
    }
}
