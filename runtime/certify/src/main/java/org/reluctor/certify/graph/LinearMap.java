package org.reluctor.certify.graph;

/**
 * A real matrix A by what it does. Every method adds to its output, each element as a sum of at most so many products
 * as {@link #longestRow} or {@link #longestColumn} say, so that rounding errors can be bounded. Immutable.
 */
public interface LinearMap {
    int rows();

    int columns();

    /** out += A·x. */
    void addProduct(double[] x, double[] out);

    /** out += |A|·x. */
    void addMagnitudes(double[] x, double[] out);

    /**
     * out += at least |A|·x for x of 0 or more, up to what a few operations round: |A|·x itself, or what costs less and
     * is not far above it. For what is small beside other things, such as what rounding adds.
     */
    default void addMagnitudeBounds(double[] x, double[] out) {
        addMagnitudes(x, out);
    }

    /** out += Aᵀ·y. */
    void addTransposed(double[] y, double[] out);

    /**
     * The same, but for what float32 rounds: never below |A|·x, and not above it by more than a thousandth.
     */
    default void addMagnitudesNearly(double[] x, double[] out) {
        addMagnitudes(x, out);
    }

    /**
     * The product with many vectors at once, in float32, the matrix' elements rounded to it, too. Row k of {@code x}
     * holds element k of every vector; a null row is of zeros, and one that ends early goes on with zeros. Rows of
     * {@code out} that are null are made where needed.
     *
     * @param columns how many vectors: the length of the rows that are made, none of {@code x} being longer
     */
    default void addProducts(float[][] x, float[][] out, int columns) {
        for (int column = 0; column < columns; column++) {
            double[] vector = new double[columns()];
            for (int k = 0; k < vector.length; k++) {
                vector[k] = x[k] == null || x[k].length <= column ? 0 : x[k][column];
            }
            double[] product = new double[rows()];
            addProduct(vector, product);
            for (int row = 0; row < product.length; row++) {
                if (out[row] == null) {
                    out[row] = new float[columns];
                }
                out[row][column] += (float) product[row];
            }
        }
    }

    /**
     * The transposed product with many vectors at once, in float32, the matrix' elements rounded to it, too. Rows are
     * as those of {@link #addProducts}, but none ends early. In the calling thread: whoever has more of them has more
     * vectors.
     */
    default void addTransposedProducts(float[][] y, float[][] out, int vectors) {
        for (int row = 0; row < y.length; row++) {
            float[] from = y[row];
            if (from != null) {
                visitRow(row, (column, value) -> RowSums.add(out, column, from, (float) value));
            }
        }
    }

    /** Whether out += x is all that a product does; false where that is not known. */
    default boolean isIdentity() {
        return false;
    }

    /** Tells the elements of a row, each column once and zeros left out, in no order that is promised. */
    void visitRow(int row, RowVisitor visitor);

    /** Is told the elements of a row. */
    interface RowVisitor {
        void element(int column, double value);
    }

    /** Most products in a sum of {@link #addProduct}. */
    int longestRow();

    /** Most products in a sum of {@link #addTransposed}. */
    int longestColumn();
}
