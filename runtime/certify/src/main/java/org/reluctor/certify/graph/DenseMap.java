package org.reluctor.certify.graph;

/** A matrix of numbers, row-major. The array is shared, not copied. */
public final class DenseMap implements LinearMap {
    private final int rows;
    private final int columns;
    private final double[] elements;

    /** @param elements row-major, rows · columns of them, finite */
    public DenseMap(int rows, int columns, double[] elements) {
        if (elements.length != Math.multiplyExact(rows, columns)) {
            throw new IllegalArgumentException(elements.length + " elements for " + rows + " x " + columns);
        }
        this.rows = rows;
        this.columns = columns;
        this.elements = elements;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public void addProduct(double[] x, double[] out) {
        for (int row = 0, at = 0; row < rows; row++) {
            double sum = out[row];
            for (int column = 0; column < columns; column++) {
                sum += elements[at++] * x[column];
            }
            out[row] = sum;
        }
    }

    @Override
    public void addMagnitudes(double[] x, double[] out) {
        for (int row = 0, at = 0; row < rows; row++) {
            double sum = out[row];
            for (int column = 0; column < columns; column++) {
                sum += Math.abs(elements[at++]) * x[column];
            }
            out[row] = sum;
        }
    }

    @Override
    public void addTransposed(double[] y, double[] out) {
        for (int row = 0; row < rows; row++) {
            double factor = y[row];
            if (factor != 0) {
                int start = row * columns;
                for (int column = 0; column < columns; column++) {
                    out[column] += factor * elements[start + column];
                }
            }
        }
    }

    @Override
    public void addProducts(double[][] x, double[][] out, int columnCount) {
        RowSums.each(rows, elements.length, out, columnCount, (sums, row) -> {
            for (int column = 0; column < columns; column++) {
                sums.take(elements[row * columns + column], x[column]);
            }
        });
    }

    @Override
    public int longestRow() {
        return columns;
    }

    @Override
    public int longestColumn() {
        return rows;
    }
}
