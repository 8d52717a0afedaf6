package org.reluctor.certify.graph;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A matrix of few elements other than zero, by rows: also identities, scalings, sums over axes, and the movements of
 * reshapes, slices, transpositions and concatenations.
 */
public final class SparseMap implements LinearMap {
    private final int columns;
    private final int[] starts;
    private final int[] places;
    private final double[] elements;
    private final int longestRow;
    private final int longestColumn;
    private final boolean identity;

    /**
     * @param columns  of the matrix
     * @param starts   of each row in the arrays, and behind the last one their length
     * @param places   column of each element
     * @param elements finite
     */
    public SparseMap(int columns, int[] starts, int[] places, double[] elements) {
        this.columns = columns;
        this.starts = starts;
        this.places = places;
        this.elements = elements;
        int[] uses = new int[columns];
        int most = 0;
        for (int place : places) {
            most = Math.max(most, ++uses[place]);
        }
        longestColumn = most;
        int longest = 0;
        for (int row = 0; row < rows(); row++) {
            longest = Math.max(longest, starts[row + 1] - starts[row]);
        }
        longestRow = longest;
        identity = columns == rows() && elements.length == columns && longest == 1
                && IntStream.range(0, columns).allMatch(at -> places[at] == at && elements[at] == 1);
    }

    /** Each row takes one element, or none where the source is negative. */
    public static SparseMap selection(int columns, int[] sources) {
        int[] starts = new int[sources.length + 1];
        for (int row = 0; row < sources.length; row++) {
            starts[row + 1] = starts[row] + (sources[row] < 0 ? 0 : 1);
        }
        double[] ones = new double[starts[sources.length]];
        Arrays.fill(ones, 1);
        return new SparseMap(columns, starts, Arrays.stream(sources).filter(place -> place >= 0).toArray(), ones);
    }

    /** Each element by its own factor. */
    public static SparseMap diagonal(double[] factors) {
        int[] places = new int[factors.length];
        int[] starts = new int[factors.length + 1];
        Arrays.setAll(places, at -> at);
        Arrays.setAll(starts, at -> at);
        return new SparseMap(factors.length, starts, places, factors);
    }

    /** Each element by the same factor. */
    public static SparseMap scaling(int size, double factor) {
        double[] factors = new double[size];
        Arrays.fill(factors, factor);
        return diagonal(factors);
    }

    @Override
    public int rows() {
        return starts.length - 1;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public void addProduct(double[] x, double[] out) {
        for (int row = 0; row < rows(); row++) {
            for (int at = starts[row]; at < starts[row + 1]; at++) {
                out[row] += elements[at] * x[places[at]];
            }
        }
    }

    @Override
    public void addMagnitudes(double[] x, double[] out) {
        for (int row = 0; row < rows(); row++) {
            for (int at = starts[row]; at < starts[row + 1]; at++) {
                out[row] += Math.abs(elements[at]) * x[places[at]];
            }
        }
    }

    @Override
    public void addTransposed(double[] y, double[] out) {
        for (int row = 0; row < rows(); row++) {
            if (y[row] != 0) {
                for (int at = starts[row]; at < starts[row + 1]; at++) {
                    out[places[at]] += elements[at] * y[row];
                }
            }
        }
    }

    @Override
    public void visitRow(int row, RowVisitor visitor) {
        for (int at = starts[row]; at < starts[row + 1]; at++) {
            if (elements[at] != 0) {
                visitor.element(places[at], elements[at]);
            }
        }
    }

    @Override
    public void addProducts(float[][] x, float[][] out, int columnCount) {
        RowSums.each(rows(), elements.length, out, columnCount, (sums, row) -> {
            for (int at = starts[row]; at < starts[row + 1]; at++) {
                sums.take(elements[at], x[places[at]]);
            }
        });
    }

    @Override
    public boolean isIdentity() {
        return identity;
    }

    @Override
    public int longestRow() {
        return longestRow;
    }

    @Override
    public int longestColumn() {
        return longestColumn;
    }
}
