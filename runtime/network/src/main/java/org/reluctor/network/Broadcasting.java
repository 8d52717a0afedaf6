package org.reluctor.network;

import java.util.Arrays;

/**
 * The rule by which two shapes meet, as numpy and ONNX define it: aligned at the last dimension, a dimension of 1
 * stretches. The symbolic batch meets itself, 1, or nothing, and must come out first.
 */
public final class Broadcasting {
    private Broadcasting() {
    }

    /**
     * The shape both stretch to.
     *
     * @throws IllegalArgumentException where they do not fit, with both shapes
     */
    static Shape broadcast(Shape left, Shape right) {
        int rank = Math.max(left.rank(), right.rank());
        int[] dims = new int[rank];
        for (int axis = 0; axis < rank; axis++) {
            int a = aligned(left, axis, rank);
            int b = aligned(right, axis, rank);
            if (a != b && a != 1 && b != 1) {
                throw new IllegalArgumentException("the shapes " + left + " and " + right
                        + " do not fit: aligned at the last dimension, two must be equal or one of them 1");
            }
            dims[axis] = a == 1 ? b : a;
        }
        if (batchBehindFirst(dims)) {
            throw new IllegalArgumentException("the shapes " + left + " and " + right
                    + " would bring the batch behind the first dimension; it must stay first");
        }
        return Shape.of(dims);
    }

    private static int aligned(Shape shape, int axis, int rank) {
        int own = axis - (rank - shape.rank());
        return own < 0 ? 1 : shape.dim(own);
    }

    private static boolean batchBehindFirst(int[] dims) {
        return Arrays.stream(dims).skip(1).anyMatch(dim -> dim == Shape.BATCH);
    }

    /**
     * For each dimension of {@code to}, how far one step along it goes in a row-major array of dimensions
     * {@code from}: 0 where {@code from} is stretched.
     */
    public static int[] strides(int[] from, int[] to) {
        int[] strides = new int[to.length];
        int stride = 1;
        for (int axis = from.length - 1; axis >= 0; axis--) {
            strides[axis + to.length - from.length] = from[axis] == 1 ? 0 : stride;
            stride *= from[axis];
        }
        return strides;
    }

    /** For each element of one frame of {@code to}, row-major, its index in one frame of {@code from}. */
    public static int[] sources(Shape from, Shape to) {
        BroadcastWalk walk = new BroadcastWalk(frame(from), frame(to));
        int[] sources = new int[Math.toIntExact(to.frameElements())];
        for (int at = 0; at < sources.length; at++) {
            sources[at] = walk.next();
        }
        return sources;
    }

    /** Dimensions with a batch of one. */
    private static int[] frame(Shape shape) {
        return Arrays.stream(shape.toArray()).map(dim -> dim == Shape.BATCH ? 1 : dim).toArray();
    }
}
