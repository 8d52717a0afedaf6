package org.reluctor.network;

import java.util.Arrays;

/**
 * Shape of a value. The batch (number of frames computed together) is symbolic: dimension {@link #BATCH}, which
 * may only be the first. Immutable.
 */
public final class Shape {
    /** The symbolic batch dimension. */
    public static final int BATCH = -1;

    private static final Shape SCALAR = new Shape(new int[0]);

    private final int[] dims;

    private Shape(int[] dims) {
        this.dims = dims;
    }

    /**
     * A shape of the given dimensions, outermost first.
     *
     * @throws IllegalArgumentException if a dimension is below 0, or {@link #BATCH} stands anywhere but first
     */
    public static Shape of(int... dims) {
        for (int axis = 0; axis < dims.length; axis++) {
            boolean batch = dims[axis] == BATCH && axis == 0;
            if (dims[axis] < 0 && !batch) {
                throw new IllegalArgumentException("dimension " + axis + " is " + dims[axis] + "; only the first may be"
                        + " symbolic, the others must be 0 or more");
            }
        }
        return dims.length == 0 ? SCALAR : new Shape(dims.clone());
    }

    /** Number of dimensions, the batch included. */
    public int rank() {
        return dims.length;
    }

    /** Size of one dimension; a negative axis counts from the end. The symbolic batch reads as {@link #BATCH}. */
    public int dim(int axis) {
        return dims[axis < 0 ? axis + dims.length : axis];
    }

    /** Whether the first dimension is the symbolic batch. */
    public boolean hasBatch() {
        return dims.length > 0 && dims[0] == BATCH;
    }

    /**
     * Elements of one frame: the product of all dimensions but the symbolic batch.
     *
     * @throws IllegalArgumentException if it does not fit a long; a dimension of 0 makes it 0, whatever the others are
     */
    public long frameElements() {
        if (Arrays.stream(dims).anyMatch(dim -> dim == 0)) {
            return 0;
        }
        long product = 1;
        for (int dim : dims) {
            long factor = dim == BATCH ? 1 : dim;
            if (product > Long.MAX_VALUE / factor) {
                throw new IllegalArgumentException("the shape " + this + " has more elements than can be counted");
            }
            product *= factor;
        }
        return product;
    }

    /** Elements with {@code batch} frames; without a symbolic batch the same for every {@code batch}. */
    public long elements(int batch) {
        return hasBatch() ? Math.multiplyExact(frameElements(), batch) : frameElements();
    }

    /** The dimensions, outermost first, as a copy. */
    public int[] toArray() {
        return dims.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape && Arrays.equals(dims, ((Shape) other).dims);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dims);
    }

    /** Such as {@code [B, 64]}. */
    @Override
    public String toString() {
        return Arrays.toString(dims).replace("-1", "B");
    }
}
