package org.reluctor.engine.lowering;

import org.reluctor.network.Shape;

/** Where the parts of a concatenation lie in the whole. */
final class Ranges {
    private Ranges() {
    }

    /**
     * For each element of one frame of the part, its place in the whole.
     *
     * @param axis  along which parts follow each other; not the batch
     * @param start where on that axis this part begins
     */
    static int[] places(Shape part, Shape whole, int axis, int start) {
        int inner = 1;
        for (int i = axis + 1; i < whole.rank(); i++) {
            inner *= whole.dim(i);
        }
        int length = part.dim(axis);
        int[] places = new int[Math.toIntExact(part.frameElements())];
        for (int element = 0; element < places.length; element++) {
            int outer = element / inner / length;
            int position = start + element / inner % length;
            places[element] = (outer * whole.dim(axis) + position) * inner + element % inner;
        }
        return places;
    }
}
