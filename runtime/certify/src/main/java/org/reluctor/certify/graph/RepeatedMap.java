package org.reluctor.certify.graph;

import java.util.Arrays;

/** The same map on each of several blocks of a vector, one behind the other: I ⊗ A. */
public final class RepeatedMap implements LinearMap {
    private interface Product {
        void add(double[] from, double[] to);
    }

    /** One of the block's products with many vectors. */
    private interface Products {
        void add(float[][] from, float[][] to);
    }

    private final LinearMap block;
    private final int count;

    public RepeatedMap(LinearMap block, int count) {
        this.block = block;
        this.count = count;
    }

    @Override
    public int rows() {
        return Math.multiplyExact(block.rows(), count);
    }

    @Override
    public int columns() {
        return Math.multiplyExact(block.columns(), count);
    }

    @Override
    public void addProduct(double[] x, double[] out) {
        each(x, block.columns(), out, block.rows(), block::addProduct);
    }

    @Override
    public void addMagnitudes(double[] x, double[] out) {
        each(x, block.columns(), out, block.rows(), block::addMagnitudes);
    }

    @Override
    public void addTransposed(double[] y, double[] out) {
        each(y, block.rows(), out, block.columns(), block::addTransposed);
    }

    @Override
    public void visitRow(int row, RowVisitor visitor) {
        int first = row / block.rows() * block.columns();
        block.visitRow(row % block.rows(), (column, value) -> visitor.element(first + column, value));
    }

    @Override
    public void addProducts(float[][] x, float[][] out, int columnCount) {
        each(x, block.columns(), out, block.rows(), (from, to) -> block.addProducts(from, to, columnCount));
    }

    @Override
    public void addTransposedProducts(float[][] y, float[][] out, int vectors) {
        each(y, block.rows(), out, block.columns(), (from, to) -> block.addTransposedProducts(from, to, vectors));
    }

    private void each(float[][] from, int fromSize, float[][] to, int toSize, Products products) {
        for (int at = 0; at < count; at++) {
            float[][] part = Arrays.copyOfRange(to, at * toSize, (at + 1) * toSize);
            products.add(Arrays.copyOfRange(from, at * fromSize, (at + 1) * fromSize), part);
            System.arraycopy(part, 0, to, at * toSize, toSize);
        }
    }

    private void each(double[] from, int fromSize, double[] to, int toSize, Product product) {
        for (int at = 0; at < count; at++) {
            double[] part = Arrays.copyOfRange(to, at * toSize, (at + 1) * toSize);
            product.add(Arrays.copyOfRange(from, at * fromSize, (at + 1) * fromSize), part);
            System.arraycopy(part, 0, to, at * toSize, toSize);
        }
    }

    @Override
    public int longestRow() {
        return block.longestRow();
    }

    @Override
    public int longestColumn() {
        return block.longestColumn();
    }
}
