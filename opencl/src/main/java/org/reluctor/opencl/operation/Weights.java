package org.reluctor.opencl.operation;

import org.reluctor.opencl.tuning.KernelForm;

/** Brings a matrix into the order in which a form of the product reads it. */
public final class Weights {
    /** Rows of a panel: one float16. */
    static final int PANEL_ROWS = 16;

    private Weights() {
    }

    /**
     * Packs W, [rows][columns] row-major, or its transpose.
     *
     * @param matrix     the elements
     * @param rows       of W
     * @param columns    of W
     * @param transposed whether {@code matrix} holds Wᵀ, [columns][rows] row-major
     * @return panels [panel][column][16], the last filled up with zeros, or [column][row] for the plain form
     */
    public static float[] pack(KernelForm form, float[] matrix, int rows, int columns, boolean transposed) {
        if (matrix.length != Math.multiplyExact(rows, columns)) {
            throw new IllegalArgumentException(matrix.length + " elements for " + rows + " × " + columns);
        }
        int width = form == KernelForm.PANEL ? PANEL_ROWS : rows;
        float[] packed = new float[panels(rows, width) * columns * width];
        for (int row = 0; row < rows; row++) {
            int base = row / width * columns * width + row % width;
            for (int column = 0; column < columns; column++) {
                int from = transposed ? column * rows + row : row * columns + column;
                packed[base + column * width] = matrix[from];
            }
        }
        return packed;
    }

    static int panels(int rows, int width) {
        return (rows + width - 1) / width;
    }
}
