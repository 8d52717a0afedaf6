package org.reluctor.engine.lowering;

import org.reluctor.network.Movement;
import org.reluctor.network.Shape;

/** Where the parts of a concatenation lie in the whole. */
final class Ranges {
    private Ranges() {
    }

    /**
     * For each element of one frame of the whole, the element of the part that lies there, or
     * {@link Movement#NOWHERE}.
     *
     * @param axis  along which parts follow each other; not the batch
     * @param start where on that axis this part begins
     */
    static int[] elements(Shape part, Shape whole, int axis, int start) {
        int inner = 1;
        for (int i = axis + 1; i < whole.rank(); i++) {
            inner *= whole.dim(i);
        }
        int length = part.dim(axis);
        int[] elements = new int[Math.toIntExact(whole.frameElements())];
        for (int at = 0; at < elements.length; at++) {
            int position = at / inner % whole.dim(axis) - start;
            int outer = at / inner / whole.dim(axis);
            boolean here = position >= 0 && position < length;
            elements[at] = here ? (outer * length + position) * inner + at % inner : Movement.NOWHERE;
        }
        return elements;
    }
}
