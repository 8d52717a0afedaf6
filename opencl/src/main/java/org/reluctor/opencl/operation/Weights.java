package org.reluctor.opencl.operation;


/**
 * A matrix in the order and format in which a form of the product reads it.
 *
 * @param words  packed elements, 4 bytes a word, little-endian within a word as on the device
 * @param scales one for each row of the panels, for {@link WeightFormat#INT8}; otherwise empty
 */
public record Weights(int[] words, float[] scales) {
    /** Rows of a panel: one float16. */
    static final int PANEL_ROWS = 16;
    /** Columns that a pipeline reads at a time. */
    static final int STEP_COLUMNS = 16;

    /**
     * Packs W, [rows][columns] row-major, or its transpose.
     *
     * @param form       of the product
     * @param matrix     the elements
     * @param rows       of W
     * @param columns    of W
     * @param transposed whether {@code matrix} holds Wᵀ, [columns][rows] row-major
     * @return panels [panel][column][16], the last filled up with zeros; [column][row] for the plain and tiled forms;
     *         [row][column], each row filled up to a multiple of 16, for the pipeline form
     */
    public static Weights pack(ProductForm form, float[] matrix, int rows, int columns, boolean transposed) {
        WeightFormat format = form.format();
        if (matrix.length != Math.multiplyExact(rows, columns)) {
            throw new IllegalArgumentException(matrix.length + " elements for " + rows + " × " + columns);
        }
        int width = width(form.kernel(), rows);
        int stride = form.kernel() == KernelForm.PIPELINE ? panels(columns, STEP_COLUMNS) * STEP_COLUMNS : columns;
        int padded = panels(rows, width) * width;
        float[] scales = format == WeightFormat.INT8 ? scales(matrix, rows, columns, transposed, padded) : new float[0];
        int perWord = Integer.BYTES / format.bytes();
        int[] words = new int[(padded * stride + perWord - 1) / perWord];
        for (int row = 0; row < rows; row++) {
            int base = row / width * stride * width + row % width;
            float scale = scales.length == 0 ? 1 : scales[row];
            for (int column = 0; column < columns; column++) {
                int at = base + column * width;
                int bits = format.bits(matrix[index(row, column, rows, columns, transposed)], scale);
                words[at / perWord] |= bits << at % perWord * 8 * format.bytes();
            }
        }
        return new Weights(words, scales);
    }

    /** Rows of which elements of a column lie together. */
    private static int width(KernelForm form, int rows) {
        return switch (form) {
            case PANEL -> PANEL_ROWS;
            case PIPELINE -> 1;
            default -> rows;
        };
    }

    private static int index(int row, int column, int rows, int columns, boolean transposed) {
        return transposed ? column * rows + row : row * columns + column;
    }

    /** For each row the size of its largest weight in 127 steps. */
    private static float[] scales(float[] matrix, int rows, int columns, boolean transposed, int padded) {
        float[] scales = new float[padded];
        for (int row = 0; row < rows; row++) {
            float largest = 0;
            for (int column = 0; column < columns; column++) {
                largest = Math.max(largest, Math.abs(matrix[index(row, column, rows, columns, transposed)]));
            }
            scales[row] = largest / 127;
        }
        return scales;
    }

    /** Bytes on the device, without the scales. */
    public long lengthBytes() {
        return words.length * (long) Integer.BYTES;
    }

    /** The matrix as the device computes with it in that format, row-major as given. */
    public static float[] rounded(WeightFormat format, float[] matrix, int rows, int columns, boolean transposed) {
        float[] scales = format == WeightFormat.INT8 ? scales(matrix, rows, columns, transposed, rows) : null;
        float[] rounded = new float[matrix.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                int at = index(row, column, rows, columns, transposed);
                rounded[at] = format.rounded(matrix[at], scales == null ? 1 : scales[row]);
            }
        }
        return rounded;
    }

    static int panels(int rows, int width) {
        return (rows + width - 1) / width;
    }
}
