package org.reluctor.opencl.operation;

/**
 * Which positions and channels of its input a convolution sums up for a position and channel of its result.
 *
 * @param height     of the kernel
 * @param width      of the kernel
 * @param strideY    rows of the input from a row of the result to the next
 * @param strideX    columns of the input from a column of the result to the next
 * @param dilationY  rows from a tap to the next
 * @param dilationX  columns from a tap to the next
 * @param groups     into which channels of input and result are divided; a result is of its own group's inputs alone
 */
public record ConvolutionWindow(int height, int width, int strideY, int strideX, int dilationY, int dilationX,
        int groups) {
    /** A window over all channels. */
    public ConvolutionWindow(int height, int width, int strideY, int strideX, int dilationY, int dilationX) {
        this(height, width, strideY, strideX, dilationY, dilationX, 1);
    }

    /** Taps of the kernel. */
    public int taps() {
        return height * width;
    }

    /** Whether it is 3×3 over neighbours, at every position. */
    public boolean isThreeByThree() {
        return equals(new ConvolutionWindow(3, 3, 1, 1, 1, 1, groups));
    }

    /** Rows that so many rows of a result need. */
    public int rowsFor(int results) {
        return (results - 1) * strideY + (height - 1) * dilationY + 1;
    }

    /** Columns that so many columns of a result need. */
    public int columnsFor(int results) {
        return (results - 1) * strideX + (width - 1) * dilationX + 1;
    }
}
