package org.reluctor.engine.lowering;

import java.util.Arrays;
import org.reluctor.network.Shape;

/** Where, in a smaller tensor, each element of a frame is found when that tensor is broadcast (numpy's rule). */
final class Broadcast {
    private Broadcast() {
    }

    /** Index into {@code from} for each of the elements of one frame of {@code to}; the batch is left out of both. */
    static int[] map(Shape from, Shape to) {
        int[] target = frameDims(to, to.rank());
        int[] source = frameDims(from, to.rank());
        int[] map = new int[Math.toIntExact(to.frameElements())];
        for (int element = 0; element < map.length; element++) {
            int rest = element;
            int index = 0;
            int stride = 1;
            for (int axis = target.length - 1; axis >= 0; axis--) {
                int position = rest % target[axis];
                rest /= target[axis];
                index += source[axis] == 1 ? 0 : position * stride;
                stride *= source[axis];
            }
            map[element] = index;
        }
        return map;
    }

    /** Dimensions of one frame, filled up with ones in front to the given rank. */
    private static int[] frameDims(Shape shape, int rank) {
        int[] dims = new int[rank];
        Arrays.fill(dims, 1);
        for (int axis = 0; axis < shape.rank(); axis++) {
            dims[rank - shape.rank() + axis] = shape.dim(axis) == Shape.BATCH ? 1 : shape.dim(axis);
        }
        return dims;
    }
}
