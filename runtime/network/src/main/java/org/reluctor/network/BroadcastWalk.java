package org.reluctor.network;

/** Walks an array as if it were stretched to larger dimensions: gives the index of each element in row-major order. */
final class BroadcastWalk {
    private final int[] dims;
    private final int[] strides;
    private final int[] position;
    private int index;

    /** Over an array of dimensions {@code from}, seen as {@code to}. */
    BroadcastWalk(int[] from, int[] to) {
        dims = to;
        strides = Broadcasting.strides(from, to);
        position = new int[to.length];
    }

    /** The index that belongs to the next element; after the last comes the first again. */
    int next() {
        int current = index;
        for (int axis = dims.length - 1; axis >= 0; axis--) {
            index += strides[axis];
            if (++position[axis] < dims[axis]) {
                return current;
            }
            index -= strides[axis] * dims[axis];
            position[axis] = 0;
        }
        return current;
    }
}
