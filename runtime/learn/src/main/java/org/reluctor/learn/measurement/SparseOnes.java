package org.reluctor.learn.measurement;

import java.util.Arrays;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.SplitMix64;

/** The ones of a sparse binary Φ with equally many in every column, and draws of what may change among them. */
final class SparseOnes {
    private final int m;
    private final int n;
    private final int inColumn;
    private final boolean[] entries;
    /** Rows of every column's ones, [n][ones a column]. */
    private final int[][] rows;

    private SparseOnes(int m, int n, int inColumn, boolean[] entries, int[][] rows) {
        this.m = m;
        this.n = n;
        this.inColumn = inColumn;
        this.entries = entries;
        this.rows = rows;
    }

    static SparseOnes of(MeasurementMatrix matrix) {
        boolean[] entries = new boolean[matrix.rows() * matrix.columns()];
        int[][] rows = new int[matrix.columns()][];
        for (int column = 0; column < rows.length; column++) {
            rows[column] = matrix.rowsOfColumn(column).clone();
            for (int row : rows[column]) {
                entries[row * rows.length + column] = true;
            }
        }
        return new SparseOnes(matrix.rows(), rows.length, matrix.onesPerColumn(), entries, rows);
    }

    SparseOnes copy() {
        return new SparseOnes(m, n, inColumn, entries.clone(), Arrays.stream(rows).map(int[]::clone)
                .toArray(int[][]::new));
    }

    MeasurementMatrix matrix() {
        float[] values = new float[entries.length];
        for (int at = 0; at < values.length; at++) {
            values[at] = entries[at] ? 1 : 0;
        }
        return MeasurementMatrix.dense(m, n, values);
    }

    /** Φ row-major; not to be changed but by {@link #apply}. */
    boolean[] entries() {
        return entries;
    }

    private boolean isOne(int row, int column) {
        return entries[row * n + column];
    }

    void apply(OneMove move) {
        move.apply(entries, n);
        replace(rows[move.column()], move.from(), move.to());
        if (move.other() != OneMove.NONE) {
            replace(rows[move.other()], move.to(), move.from());
        }
    }

    private static void replace(int[] list, int from, int to) {
        int at = 0;
        while (list[at] != from) {
            at++;
        }
        list[at] = to;
    }

    /** A one of some column to a row where it has none; null where the draw met one. */
    OneMove move(SplitMix64 random) {
        int column = (int) random.bounded(n);
        int from = rows[column][(int) random.bounded(inColumn)];
        int to = (int) random.bounded(m);
        return isOne(to, column) ? null : new OneMove(column, OneMove.NONE, from, to);
    }

    /** Ones of two columns that change their rows; null where the draw met two that cannot. */
    OneMove exchange(SplitMix64 random) {
        int column = (int) random.bounded(n);
        int other = (int) random.bounded(n);
        int from = rows[column][(int) random.bounded(inColumn)];
        int to = rows[other][(int) random.bounded(inColumn)];
        return isOne(to, column) || isOne(from, other) ? null : new OneMove(column, other, from, to);
    }

    /** Moves ones, drawn at random, from full rows to empty ones until no two rows differ by more than one. */
    void level(SplitMix64 random) {
        int[] counts = new int[m];
        Arrays.stream(rows).flatMapToInt(Arrays::stream).forEach(row -> counts[row]++);
        int fullest = fullest(counts);
        int emptiest = emptiest(counts);
        while (counts[fullest] > counts[emptiest] + 1) {
            int column = (int) random.bounded(n);
            if (isOne(fullest, column) && !isOne(emptiest, column)) {
                apply(new OneMove(column, OneMove.NONE, fullest, emptiest));
                counts[fullest]--;
                counts[emptiest]++;
                fullest = fullest(counts);
                emptiest = emptiest(counts);
            }
        }
    }

    private static int fullest(int[] counts) {
        int found = 0;
        for (int row = 1; row < counts.length; row++) {
            found = counts[row] > counts[found] ? row : found;
        }
        return found;
    }

    private static int emptiest(int[] counts) {
        int found = 0;
        for (int row = 1; row < counts.length; row++) {
            found = counts[row] < counts[found] ? row : found;
        }
        return found;
    }
}
