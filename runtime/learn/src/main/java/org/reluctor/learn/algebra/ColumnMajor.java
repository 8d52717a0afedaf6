package org.reluctor.learn.algebra;

import org.ojalgo.matrix.store.MatrixStore;
import org.ojalgo.matrix.store.R064Store;

/** Matrices to and from the column-major stores that the factorisations work on. */
final class ColumnMajor {
    private ColumnMajor() {
    }

    static R064Store store(Matrix matrix) {
        R064Store store = R064Store.FACTORY.make(matrix.rows(), matrix.columns());
        for (int at = 0; at < matrix.values().length; at++) {
            store.set(at / matrix.columns(), at % matrix.columns(), matrix.values()[at]);
        }
        return store;
    }

    static R064Store symmetricPart(Matrix matrix) {
        R064Store store = R064Store.FACTORY.make(matrix.rows(), matrix.columns());
        for (int row = 0; row < matrix.rows(); row++) {
            for (int column = 0; column < matrix.columns(); column++) {
                store.set(row, column, (matrix.at(row, column) + matrix.at(column, row)) / 2);
            }
        }
        return store;
    }

    static Matrix matrix(MatrixStore<Double> store) {
        Matrix result = Matrix.zero(store.getRowDim(), store.getColDim());
        for (int row = 0; row < result.rows(); row++) {
            for (int column = 0; column < result.columns(); column++) {
                result.values()[row * result.columns() + column] = store.doubleValue(row, column);
            }
        }
        return result;
    }
}
