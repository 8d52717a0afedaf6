package org.reluctor.network;

/**
 * Measurement matrix Φ, m×n, row-major float32. (Generators, id, sparse application: to be completed.)
 */
public final class MeasurementMatrix {
    private final int rows;
    private final int columns;
    private final float[] values;

    private MeasurementMatrix(int rows, int columns, float[] values) {
        this.rows = rows;
        this.columns = columns;
        this.values = values;
    }

    public static MeasurementMatrix dense(int rows, int columns, float[] values) {
        return new MeasurementMatrix(rows, columns, values.clone());
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }
}
