package org.reluctor.certify.graph;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.reluctor.certify.interval.Outward;

/** A matrix of numbers, row-major. The array is shared, not copied. */
public final class DenseMap implements LinearMap {
    /** Rows that are summed at a time. */
    private static final int TOGETHER = 8;
    private static final double FLOAT_UNIT = 0x1p-24;
    /** Longer sums might round by more than a thousandth. */
    private static final int MOST_IN_FLOAT = 4096;

    private final int rows;
    private final int columns;
    private final double[] elements;
    /** Computed where they are asked for; the same whoever computes them. */
    private volatile double[] norms;
    private volatile float[] single;
    private volatile float[] magnitudes;

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
        addRows(x, out, false);
    }

    @Override
    public void addMagnitudes(double[] x, double[] out) {
        addRows(x, out, true);
    }

    private void addRows(double[] x, double[] out, boolean absolute) {
        int row = 0;
        for (; row + TOGETHER <= rows; row += TOGETHER) {
            addTogether(row, x, out, absolute);
        }
        for (; row < rows; row++) {
            double sum = out[row];
            for (int column = 0; column < columns; column++) {
                double element = elements[row * columns + column];
                sum += (absolute ? Math.abs(element) : element) * x[column];
            }
            out[row] = sum;
        }
    }

    /** Each row's sum in the order of its columns, several rows at a time: an addition waits for the one before. */
    private void addTogether(int row, double[] x, double[] out, boolean absolute) {
        int at = row * columns;
        double a = out[row];
        double b = out[row + 1];
        double c = out[row + 2];
        double d = out[row + 3];
        double e = out[row + 4];
        double f = out[row + 5];
        double g = out[row + 6];
        double h = out[row + 7];
        for (int column = 0; column < columns; column++, at++) {
            double value = x[column];
            a += element(at, absolute) * value;
            b += element(at + columns, absolute) * value;
            c += element(at + 2 * columns, absolute) * value;
            d += element(at + 3 * columns, absolute) * value;
            e += element(at + 4 * columns, absolute) * value;
            f += element(at + 5 * columns, absolute) * value;
            g += element(at + 6 * columns, absolute) * value;
            h += element(at + 7 * columns, absolute) * value;
        }
        out[row] = a;
        out[row + 1] = b;
        out[row + 2] = c;
        out[row + 3] = d;
        out[row + 4] = e;
        out[row + 5] = f;
        out[row + 6] = g;
        out[row + 7] = h;
    }

    private double element(int at, boolean absolute) {
        return absolute ? Math.abs(elements[at]) : elements[at];
    }

    /** By Cauchy and Schwarz, or the row's sum times the largest element, whichever is less: without the elements. */
    @Override
    public void addMagnitudeBounds(double[] x, double[] out) {
        double[] ofRows = norms();
        double squares = 0;
        double most = 0;
        for (double value : x) {
            squares += value * value;
            most = Math.max(most, value);
        }
        double norm = root(squares, x.length);
        for (int row = 0; row < rows; row++) {
            out[row] += Math.min(ofRows[row] * norm, ofRows[rows + row] * most);
        }
    }

    /** At least the Euclidean norms of all rows, then their sums of magnitudes. */
    private double[] norms() {
        double[] known = norms;
        if (known == null) {
            known = new double[2 * rows];
            for (int row = 0; row < rows; row++) {
                double squares = 0;
                double sum = 0;
                for (int at = row * columns; at < (row + 1) * columns; at++) {
                    squares += elements[at] * elements[at];
                    sum += Math.abs(elements[at]);
                }
                known[row] = root(squares, columns);
                known[rows + row] = Outward.sumUp(sum, columns);
            }
            norms = known;
        }
        return known;
    }

    private static double root(double squares, int terms) {
        return Math.nextUp(Math.sqrt(Outward.sumUp(squares, terms)));
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
    public void visitRow(int row, RowVisitor visitor) {
        for (int column = 0; column < columns; column++) {
            double element = elements[row * columns + column];
            if (element != 0) {
                visitor.element(column, element);
            }
        }
    }

    @Override
    public void addProducts(float[][] x, float[][] out, int columnCount) {
        int[] there = IntStream.range(0, columns).filter(column -> x[column] != null).toArray();
        float[][] vectors = Arrays.stream(there).mapToObj(column -> x[column]).toArray(float[][]::new);
        float[] rounded = rounded();
        RowSums.each(rows, (long) rows * there.length, out, columnCount, (sums, row) -> {
            float[] factors = new float[there.length];
            for (int at = 0; at < there.length; at++) {
                factors[at] = rounded[row * columns + there[at]];
            }
            sums.takeAll(factors, vectors);
        });
    }

    @Override
    public void addTransposedProducts(float[][] y, float[][] out, int vectors) {
        int[] there = IntStream.range(0, rows).filter(row -> y[row] != null).toArray();
        float[][] taken = Arrays.stream(there).mapToObj(row -> y[row]).toArray(float[][]::new);
        float[] factors = new float[there.length];
        float[] from = rounded();
        RowSums sums = new RowSums();
        for (int column = 0; column < columns; column++) {
            for (int at = 0; at < there.length; at++) {
                factors[at] = from[there[at] * columns + column];
            }
            sums.takeAll(factors, taken);
            sums.addTo(out, column, vectors);
        }
    }

    /** The elements rounded to the nearest. */
    private float[] rounded() {
        float[] known = single;
        if (known == null) {
            known = new float[elements.length];
            for (int at = 0; at < known.length; at++) {
                known[at] = (float) elements[at];
            }
            single = known;
        }
        return known;
    }

    /** Column by column in float32, all rows side by side; once more in float64 where that overflows. */
    @Override
    public void addMagnitudesNearly(double[] x, double[] out) {
        float[] sums = new float[rows];
        float[] near = raised();
        int column = 0;
        for (; column + 4 <= columns; column += 4) {
            addFour(near, column * rows, new float[] {up(x[column]), up(x[column + 1]), up(x[column + 2]),
                up(x[column + 3])}, sums);
        }
        for (; column < columns; column++) {
            float factor = up(x[column]);
            for (int row = 0; row < rows; row++) {
                sums[row] += near[column * rows + row] * factor;
            }
        }
        double rounding = 1 + 2 * (columns + 4) * FLOAT_UNIT;
        for (int row = 0; row < rows; row++) {
            if (!(sums[row] <= Float.MAX_VALUE) || columns > MOST_IN_FLOAT) {
                addMagnitudes(x, out);
                return;
            }
        }
        for (int row = 0; row < rows; row++) {
            out[row] += sums[row] * rounding + 2 * (columns + 4) * Float.MIN_VALUE;
        }
    }

    private void addFour(float[] near, int start, float[] factors, float[] sums) {
        int second = start + rows;
        int third = second + rows;
        int fourth = third + rows;
        float byA = factors[0];
        float byB = factors[1];
        float byC = factors[2];
        float byD = factors[3];
        for (int row = 0; row < rows; row++) {
            sums[row] += near[start + row] * byA + near[second + row] * byB
                    + (near[third + row] * byC + near[fourth + row] * byD);
        }
    }

    /** Magnitudes, column by column, none less than the element's. */
    private float[] raised() {
        float[] known = magnitudes;
        if (known == null) {
            known = new float[elements.length];
            for (int at = 0; at < known.length; at++) {
                known[at % columns * rows + at / columns] = up(Math.abs(elements[at]));
            }
            magnitudes = known;
        }
        return known;
    }

    private static float up(double value) {
        float near = (float) value;
        return near < value ? Math.nextUp(near) : near;
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
