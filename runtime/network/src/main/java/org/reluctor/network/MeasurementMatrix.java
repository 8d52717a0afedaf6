package org.reluctor.network;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;

/**
 * Measurement matrix Φ, m×n, row-major float32: a sensor sends y = Φx. Made from values, from a .npy file, or from a
 * seed that sensor and runtime share ({@link SplitMix64}). A matrix whose entries are 0 and 1 with equally many ones in
 * every column, wherever it comes from, is known as sparse binary and measures by additions alone. Immutable and safe
 * to share between threads.
 */
public final class MeasurementMatrix {
    private final int rows;
    private final int columns;
    private final float[] values;
    private final long idBits;
    private final int onesPerColumn;
    /** Of a sparse binary matrix the columns of the ones, row after row; else null. */
    private final int[] columnsOfOnes;
    private final int[] rowEnds;

    private MeasurementMatrix(int rows, int columns, float[] values) {
        this.rows = rows;
        this.columns = columns;
        this.values = values;
        idBits = MatrixId.of(rows, columns, values);
        onesPerColumn = countOnesPerColumn();
        rowEnds = new int[rows];
        columnsOfOnes = onesPerColumn > 0 ? MatrixGenerators.columnsOfOnes(values, columns, rowEnds) : null;
    }

    /**
     * A matrix of the given entries, row-major; they are copied, and -0 becomes +0.
     *
     * @throws IllegalArgumentException if the array is not as long as the sizes say, or an entry is not finite
     */
    public static MeasurementMatrix dense(int rows, int columns, float[] values) {
        checkSizes(rows, columns);
        if ((long) rows * columns != values.length) {
            throw new IllegalArgumentException("a measurement matrix of " + rows + "×" + columns + " has "
                    + (long) rows * columns + " entries, not " + values.length);
        }
        float[] copy = new float[values.length];
        for (int at = 0; at < copy.length; at++) {
            if (!Float.isFinite(values[at])) {
                throw new IllegalArgumentException("the measurement matrix holds " + values[at] + " in row "
                        + at / columns + ", column " + at % columns + "; all entries must be finite");
            }
            copy[at] = values[at] + 0.0f;
        }
        return new MeasurementMatrix(rows, columns, copy);
    }

    /**
     * A matrix from a .npy file of two dimensions, the way for Gaussian ones.
     *
     * @throws NetworkFormatException if the file cannot be read or holds no matrix of finite numbers
     */
    public static MeasurementMatrix read(Path file) {
        Npy.FloatArray array = Npy.read(file);
        if (array.shape().length != 2) {
            throw new NetworkFormatException(file + ": a measurement matrix has 2 dimensions, this array has "
                    + array.shape().length);
        }
        try {
            return dense(array.shape()[0], array.shape()[1], array.data());
        } catch (IllegalArgumentException unfit) {
            throw new NetworkFormatException(file + ": " + unfit.getMessage(), unfit);
        }
    }

    /**
     * The sparse binary matrix of a seed: for each column in ascending order {@code onesPerColumn} distinct rows by
     * Floyd's method with bounded draws of {@link SplitMix64}. The entries are 1.0, not 1/√d.
     *
     * @throws IllegalArgumentException unless 1 ≤ onesPerColumn ≤ m
     */
    public static MeasurementMatrix sparseBinary(int m, int n, int onesPerColumn, long seed) {
        checkSizes(m, n);
        if (onesPerColumn < 1 || onesPerColumn > m) {
            throw new IllegalArgumentException("ones a column are " + onesPerColumn + "; right is from 1 to m = " + m);
        }
        return new MeasurementMatrix(m, n, MatrixGenerators.sparseBinary(m, n, onesPerColumn, seed));
    }

    /** The matrix of +1 and -1 of a seed: bits of successive outputs of {@link SplitMix64}, row-major. */
    public static MeasurementMatrix rademacher(int m, int n, long seed) {
        checkSizes(m, n);
        return new MeasurementMatrix(m, n, MatrixGenerators.rademacher(m, n, seed));
    }

    private static void checkSizes(int rows, int columns) {
        if (rows < 1 || columns < 1 || (long) rows * columns > Integer.MAX_VALUE / Float.BYTES) {
            throw new IllegalArgumentException("a measurement matrix of " + rows + "×" + columns
                    + " is not possible; both must be 1 or more, and all entries within 2 GiB");
        }
    }

    private int countOnesPerColumn() {
        int[] ones = new int[columns];
        for (int at = 0; at < values.length; at++) {
            if (values[at] != 0 && values[at] != 1) {
                return 0;
            }
            ones[at % columns] += (int) values[at];
        }
        for (int count : ones) {
            if (count != ones[0]) {
                return 0;
            }
        }
        return ones[0];
    }

    /** Measurements m. */
    public int rows() {
        return rows;
    }

    /** Samples n. */
    public int columns() {
        return columns;
    }

    /** The entry in that row and column. */
    public float at(int row, int column) {
        return values[Objects.checkIndex(row, rows) * columns + Objects.checkIndex(column, columns)];
    }

    /** All entries, row-major, as a copy. */
    public float[] toArray() {
        return values.clone();
    }

    /** Φᵀ, n×m, row-major, as a new array. */
    public float[] toTransposedArray() {
        float[] transposed = new float[values.length];
        for (int at = 0; at < values.length; at++) {
            transposed[at % columns * rows + at / columns] = values[at];
        }
        return transposed;
    }

    /** What frames and networks name the matrix by: {@link #idBits} as 16 lower-case hexadecimal digits. */
    public String id() {
        return String.format("%016x", idBits);
    }

    /** First 8 bytes, big-endian, of SHA-256 over uint32 m, uint32 n and Φ as float32, all little-endian. */
    public long idBits() {
        return idBits;
    }

    /** Whether all entries are 0 or 1, equally many ones in every column. */
    public boolean isSparseBinary() {
        return columnsOfOnes != null;
    }

    /** Ones in every column of a sparse binary matrix; 0 for any other. */
    public int onesPerColumn() {
        return onesPerColumn;
    }

    /** The rows that hold a 1 in one column of a sparse binary matrix, ascending, as a new array. */
    public int[] rowsOfColumn(int column) {
        if (!isSparseBinary()) {
            throw new IllegalStateException("the matrix " + id() + " is not sparse binary");
        }
        int[] found = new int[onesPerColumn];
        int count = 0;
        for (int row = 0; row < rows; row++) {
            if (at(row, column) == 1) {
                found[count++] = row;
            }
        }
        return found;
    }

    /**
     * y = Φx for one channel, accumulated in float64 over ascending columns, rounded once. Allocates nothing.
     *
     * @param x n samples from {@code xOffset}
     * @param y receives m measurements from {@code yOffset}; must not be {@code x}
     */
    public void measure(float[] x, int xOffset, float[] y, int yOffset) {
        Objects.checkFromIndexSize(xOffset, columns, x.length);
        Objects.checkFromIndexSize(yOffset, rows, y.length);
        for (int row = 0; row < rows; row++) {
            y[yOffset + row] = (float) (isSparseBinary() ? sumOfOnes(row, x, xOffset) : dot(row, x, xOffset));
        }
    }

    private double sumOfOnes(int row, float[] x, int xOffset) {
        double sum = 0;
        for (int at = row == 0 ? 0 : rowEnds[row - 1]; at < rowEnds[row]; at++) {
            sum += x[xOffset + columnsOfOnes[at]];
        }
        return sum;
    }

    private double dot(int row, float[] x, int xOffset) {
        double sum = 0;
        for (int column = 0; column < columns; column++) {
            sum += (double) values[row * columns + column] * x[xOffset + column];
        }
        return sum;
    }

    /** Whether a constant of the graph is this matrix: the same dimensions and entries, -0 equal to +0. */
    boolean equalsValue(Value value) {
        if (value.floats() == null || !value.shape().equals(Shape.of(rows, columns))) {
            return false;
        }
        for (int at = 0; at < values.length; at++) {
            if (values[at] != value.floats()[at]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MeasurementMatrix && rows == ((MeasurementMatrix) other).rows
                && columns == ((MeasurementMatrix) other).columns
                && Arrays.equals(values, ((MeasurementMatrix) other).values);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(idBits);
    }

    /** Such as {@code 64×256, sparse binary with 4 ones a column, id 0123456789abcdef}. */
    @Override
    public String toString() {
        String kind = isSparseBinary() ? ", sparse binary with " + onesPerColumn + " ones a column" : "";
        return rows + "×" + columns + kind + ", id " + id();
    }
}
