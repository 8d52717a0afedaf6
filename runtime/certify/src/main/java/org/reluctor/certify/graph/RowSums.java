package org.reluctor.certify.graph;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Sums of matrix rows, each by its factor: how a map is applied to many vectors at once. Row k of such a matrix holds
 * element k of every vector; null stands for a row of zeros, and a row that ends early goes on with zeros. One object
 * serves one thread.
 */
final class RowSums {
    /** Below so many products a second processor costs more than it saves. */
    private static final long WORTH_SHARING = 1 << 26;

    private double[] factors = new double[256];
    private double[][] rows = new double[256][];
    private int count;

    /** Gathers and sums one row of a product; called for every row, by several threads with sums of their own. */
    interface Row {
        void gather(RowSums sums, int row);
    }

    /** All rows of a product; those that stay zero stay null. The result does not depend on the number of threads. */
    static void each(int count, long products, double[][] out, int columns, Row gathering) {
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
    void take(double factor, double[] row) {
        if (factor == 0 || row == null) {
            return;
        }
        if (count == rows.length) {
            factors = Arrays.copyOf(factors, 2 * count);
            rows = Arrays.copyOf(rows, 2 * count);
        }
        factors[count] = factor;
        rows[count++] = row;
    }

    private void addTo(double[][] out, int row, int columns) {
        if (count == 0) {
            return;
        }
        if (out[row] == null) {
            out[row] = new double[columns];
        }
        int at = 0;
        for (; at + 4 <= count; at += 4) {
            int common = Math.min(Math.min(rows[at].length, rows[at + 1].length),
                    Math.min(rows[at + 2].length, rows[at + 3].length));
            addFour(out[row], at, common);
            for (int which = at; which < at + 4; which++) {
                addFrom(common, out[row], rows[which], factors[which]);
            }
        }
        for (; at < count; at++) {
            addFrom(0, out[row], rows[at], factors[at]);
        }
        count = 0;
    }

    /** Four at a time, because the sum is then loaded and stored a quarter as often. */
    private void addFour(double[] sum, int at, int common) {
        double[] a = rows[at];
        double[] b = rows[at + 1];
        double[] c = rows[at + 2];
        double[] d = rows[at + 3];
        double byA = factors[at];
        double byB = factors[at + 1];
        double byC = factors[at + 2];
        double byD = factors[at + 3];
        for (int i = 0; i < common; i++) {
            sum[i] += byA * a[i] + byB * b[i] + (byC * c[i] + byD * d[i]);
        }
    }

    private static void addFrom(int from, double[] sum, double[] row, double factor) {
        for (int i = from; i < row.length; i++) {
            sum[i] += factor * row[i];
        }
    }
}
