package org.reluctor.network;

import java.util.Arrays;

/**
 * The dimensions that come out of Reshape and Flatten. Frames never mix: the batch stays the first dimension, so
 * that what is computed for one frame does not depend on how many are computed together.
 */
final class ReshapeRule {
    private static final int INFERRED = -2;
    private static final int MOST_DIMENSIONS = 32;

    private ReshapeRule() {
    }

    /**
     * ONNX Reshape: 0 keeps the dimension at the same place, one -1 takes what is left. Before a batch, a first -1 is
     * the batch.
     */
    static Shape reshape(Shape from, long[] target) {
        if (target.length > MOST_DIMENSIONS) {
            throw new IllegalArgumentException("the target has " + target.length + " dimensions; " + MOST_DIMENSIONS
                    + " is the most");
        }
        int[] dims = new int[target.length];
        for (int axis = 0; axis < dims.length; axis++) {
            dims[axis] = requested(from, target, axis);
        }
        if (from.hasBatch()) {
            settleBatch(from, target, dims);
        }
        settleInferred(from, target, dims);
        if (product(dims, 0, dims.length) != product(from.toArray(), 0, from.rank())) {
            throw misfit(from, target);
        }
        return Shape.of(dims);
    }

    private static int requested(Shape from, long[] target, int axis) {
        long wanted = target[axis];
        if (wanted == -1) {
            return INFERRED;
        }
        if (wanted == 0) {
            if (axis >= from.rank()) {
                throw new IllegalArgumentException("the target " + Arrays.toString(target) + " keeps dimension " + axis
                        + " with a 0, but the input " + from + " has none there");
            }
            return from.dim(axis);
        }
        if (wanted == IntegerFolding.BATCH) {
            throw new IllegalArgumentException("the target has the number of frames as dimension " + axis + " for the"
                    + " input " + from + "; the batch must stay the first dimension, alone");
        }
        if (wanted < 1 || wanted > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("the target " + Arrays.toString(target) + " asks for a dimension of "
                    + wanted + "; right are 1 and more, 0 to keep one, a single -1 for the rest");
        }
        return (int) wanted;
    }

    private static void settleBatch(Shape from, long[] target, int[] dims) {
        if (dims.length > 0 && dims[0] == INFERRED) {
            dims[0] = Shape.BATCH;
        }
        if (dims.length == 0 || dims[0] != Shape.BATCH) {
            throw new IllegalArgumentException("the target " + Arrays.toString(target) + " for the input " + from
                    + " does not keep the batch first; let it begin with 0 or -1");
        }
    }

    private static void settleInferred(Shape from, long[] target, int[] dims) {
        int open = -1;
        for (int axis = 0; axis < dims.length; axis++) {
            if (dims[axis] == INFERRED && open >= 0) {
                throw new IllegalArgumentException("the target " + Arrays.toString(target)
                        + " leaves two dimensions open; one -1 is right"
                        + (from.hasBatch() ? ", and a first -1 is the batch" : ""));
            }
            open = dims[axis] == INFERRED ? axis : open;
        }
        if (open < 0) {
            return;
        }
        dims[open] = 1;
        long total = product(from.toArray(), 0, from.rank());
        long known = product(dims, 0, dims.length);
        if (known == 0 || total % known != 0) {
            throw misfit(from, target);
        }
        dims[open] = (int) (total / known);
    }

    private static IllegalArgumentException misfit(Shape from, long[] target) {
        return new IllegalArgumentException("the target " + Arrays.toString(target) + " does not hold as many elements"
                + " as the input " + from);
    }

    /** ONNX Flatten: the dimensions before {@code axis} become one, those from it on the other. */
    static Shape flatten(Shape from, long axis) {
        int rank = from.rank();
        if (axis < -rank || axis > rank) {
            throw new IllegalArgumentException("axis is " + axis + "; for the input " + from + " it must be from "
                    + -rank + " to " + rank);
        }
        int split = (int) (axis < 0 ? axis + rank : axis);
        int[] dims = from.toArray();
        long first = product(dims, 0, split);
        long second = product(dims, split, rank);
        if (!from.hasBatch()) {
            return Shape.of((int) first, (int) second);
        }
        if (split == 0 || first != 1) {
            throw new IllegalArgumentException("axis " + axis + " for the input " + from
                    + " merges the batch with other dimensions; 1 is right");
        }
        return Shape.of(Shape.BATCH, (int) second);
    }

    /** Product of some dimensions, the batch counted as 1; {@link Long#MAX_VALUE} stands for all that is larger. */
    static long product(int[] dims, int from, int to) {
        long product = 1;
        for (int axis = from; axis < to; axis++) {
            long factor = dims[axis] == Shape.BATCH ? 1 : dims[axis];
            product = factor != 0 && product > Long.MAX_VALUE / factor ? Long.MAX_VALUE : product * factor;
        }
        return product;
    }
}
