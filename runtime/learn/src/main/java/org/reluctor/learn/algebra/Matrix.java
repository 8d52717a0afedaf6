package org.reluctor.learn.algebra;

import java.util.Arrays;
import java.util.Objects;
import org.reluctor.network.MeasurementMatrix;

/** A small dense float64 matrix, row-major. Not safe between threads while it is written to. */
public final class Matrix {
    private static final int TILE = 16;

    private final int rows;
    private final int columns;
    private final double[] values;

    private Matrix(int rows, int columns, double[] values) {
        this.rows = rows;
        this.columns = columns;
        this.values = values;
    }

    /** All zero. */
    public static Matrix zero(int rows, int columns) {
        return new Matrix(rows, columns, new double[rows * columns]);
    }

    /** Of the given values, row-major, which are shared. */
    public static Matrix of(int rows, int columns, double... values) {
        if (values.length != rows * columns) {
            throw new IllegalArgumentException(values.length + " values for a matrix of " + rows + "×" + columns);
        }
        return new Matrix(rows, columns, values);
    }

    /** Φ in float64. */
    public static Matrix of(MeasurementMatrix matrix) {
        Matrix result = zero(matrix.rows(), matrix.columns());
        float[] entries = matrix.toArray();
        for (int at = 0; at < entries.length; at++) {
            result.values[at] = entries[at];
        }
        return result;
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    /** The values, row-major, shared. */
    public double[] values() {
        return values;
    }

    public double at(int row, int column) {
        return values[Objects.checkIndex(row, rows) * columns + Objects.checkIndex(column, columns)];
    }

    /** This matrix times another. */
    public Matrix times(Matrix right) {
        if (columns != right.rows) {
            throw new IllegalArgumentException(rows + "×" + columns + " times " + right.rows + "×" + right.columns);
        }
        Matrix product = zero(rows, right.columns);
        for (int row = 0; row < rows; row++) {
            for (int inner = 0; inner < columns; inner++) {
                addScaledRow(values[row * columns + inner], right, inner, product, row);
            }
        }
        return product;
    }

    private static void addScaledRow(double factor, Matrix from, int fromRow, Matrix to, int toRow) {
        // Measurement matrices are mostly zeros.
        if (factor == 0) {
            return;
        }
        int source = fromRow * from.columns;
        int target = toRow * to.columns;
        for (int column = 0; column < to.columns; column++) {
            to.values[target + column] += factor * from.values[source + column];
        }
    }

    /** A new matrix, rows as columns. */
    public Matrix transposed() {
        Matrix result = zero(columns, rows);
        // In tiles, so that neither side is read or written a cache line a number.
        for (int firstRow = 0; firstRow < rows; firstRow += TILE) {
            for (int firstColumn = 0; firstColumn < columns; firstColumn += TILE) {
                transposeTile(firstRow, firstColumn, result);
            }
        }
        return result;
    }

    private void transposeTile(int firstRow, int firstColumn, Matrix result) {
        int endRow = Math.min(rows, firstRow + TILE);
        int endColumn = Math.min(columns, firstColumn + TILE);
        for (int row = firstRow; row < endRow; row++) {
            for (int column = firstColumn; column < endColumn; column++) {
                result.values[column * rows + row] = values[row * columns + column];
            }
        }
    }

    /** This plus {@code factor} times another of the same size, as a new matrix. */
    public Matrix plus(double factor, Matrix other) {
        if (rows != other.rows || columns != other.columns) {
            throw new IllegalArgumentException(rows + "×" + columns + " plus " + other.rows + "×" + other.columns);
        }
        Matrix sum = zero(rows, columns);
        for (int at = 0; at < values.length; at++) {
            sum.values[at] = values[at] + factor * other.values[at];
        }
        return sum;
    }

    /** Every value times {@code factor}, as a new matrix. */
    public Matrix times(double factor) {
        Matrix product = zero(rows, columns);
        for (int at = 0; at < values.length; at++) {
            product.values[at] = factor * values[at];
        }
        return product;
    }

    /** This plus {@code value} on the diagonal, as a new matrix. */
    public Matrix plusDiagonal(double value) {
        Matrix sum = of(rows, columns, values.clone());
        for (int at = 0; at < Math.min(rows, columns); at++) {
            sum.values[at * columns + at] += value;
        }
        return sum;
    }

    /** Sum of the diagonal. */
    public double trace() {
        double sum = 0;
        for (int at = 0; at < Math.min(rows, columns); at++) {
            sum += values[at * columns + at];
        }
        return sum;
    }

    /** Sum over all entries of this times the other's: ⟨A, B⟩. */
    public double dot(Matrix other) {
        if (rows != other.rows || columns != other.columns) {
            throw new IllegalArgumentException(rows + "×" + columns + " dot " + other.rows + "×" + other.columns);
        }
        double sum = 0;
        for (int at = 0; at < values.length; at++) {
            sum += values[at] * other.values[at];
        }
        return sum;
    }

    /** Some consecutive rows, as a copy. */
    public Matrix rowRange(int first, int count) {
        return of(count, columns, Arrays.copyOfRange(values, first * columns, (first + count) * columns));
    }

    /** The values rounded to float32, row-major. */
    public float[] toFloats() {
        float[] result = new float[values.length];
        for (int at = 0; at < result.length; at++) {
            result[at] = (float) values[at];
        }
        return result;
    }
}
