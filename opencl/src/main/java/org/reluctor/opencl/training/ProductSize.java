package org.reluctor.opencl.training;

/**
 * The sizes of C = α·A·B + β·C.
 *
 * @param rows    of A and C
 * @param inner   columns of A, rows of B
 * @param columns of B and C
 * @param stack   how many such products
 */
public record ProductSize(int rows, int inner, int columns, int stack) {
    public ProductSize {
        if (rows < 1 || inner < 1 || columns < 1 || stack < 1) {
            throw new IllegalArgumentException(stack + " products of " + rows + "×" + inner + " and " + inner + "×"
                    + columns);
        }
    }

    /** Floating-point operations: a multiplication and an addition for each pair of factors. */
    public long operations() {
        return 2L * rows * inner * columns * stack;
    }
}
