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

    /** out += Aᵀ·y. */
    void addTransposed(double[] y, double[] out);

    /** Most products in a sum of {@link #addProduct}. */
    int longestRow();

    /** Most products in a sum of {@link #addTransposed}. */
    int longestColumn();
}
