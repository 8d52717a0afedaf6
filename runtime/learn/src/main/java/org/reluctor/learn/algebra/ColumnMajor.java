package org.reluctor.learn.algebra;

import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.R064Store;

/** Matrices to and from the column-major stores that the factorisations work on, as copies. */
final class ColumnMajor {
    private ColumnMajor() {
    }

    static R064Store store(Matrix matrix) {
        return R064Store.wrap(matrix.transposed().values(), matrix.rows());
    }

    static R064Store symmetricPart(Matrix matrix) {
        Matrix twice = matrix.plus(1, matrix.transposed());
        return R064Store.wrap(Matrix.zero(twice.rows(), twice.columns()).plus(0.5, twice).values(), twice.rows());
    }

    static Matrix matrix(MatrixStore<Double> store) {
        int rows = store.getRowDim();
        int columns = store.getColDim();
        return Matrix.of(columns, rows, store.toRawCopy1D()).transposed();
    }
}
