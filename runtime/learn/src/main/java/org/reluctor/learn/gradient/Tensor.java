package org.reluctor.learn.gradient;

import java.util.Arrays;

/**
 * What an instruction reads or writes: a row-major array, and the dimensions under which it is taken. Tensors of one
 * storage are one array. The batch is a number like any other.
 *
 * @param storage number of the array on its tape
 * @param dims    shared, not to be written to
 */
public record Tensor(int storage, int[] dims) {
    /** Elements of the array. */
    public int elements() {
        return Math.toIntExact(Arrays.stream(dims).asLongStream().reduce(1, Math::multiplyExact));
    }

    /** Elements from one axis on. */
    int elementsFrom(int axis) {
        return Arrays.stream(dims, axis, dims.length).reduce(1, (a, b) -> a * b);
    }

    int rank() {
        return dims.length;
    }

    /** Size of one dimension; a negative axis counts from the end. */
    int dim(int axis) {
        return dims[axis < 0 ? axis + dims.length : axis];
    }

    /** The same array under other dimensions. */
    Tensor as(int... newDims) {
        Tensor same = new Tensor(storage, newDims);
        if (same.elements() != elements()) {
            throw new IllegalArgumentException(Arrays.toString(dims) + " cannot be " + Arrays.toString(newDims));
        }
        return same;
    }

    boolean hasDims(int[] others) {
        return Arrays.equals(dims, others);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor that && storage == that.storage && Arrays.equals(dims, that.dims);
    }

    @Override
    public int hashCode() {
        return 31 * storage + Arrays.hashCode(dims);
    }

    @Override
    public String toString() {
        return storage + Arrays.toString(dims);
    }
}
