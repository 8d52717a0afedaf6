package org.reluctor.network;

import java.util.Arrays;

/** Dimensions as files name them: counted from the end where negative, each once, never the batch. */
final class Axes {
    private Axes() {
    }

    /** One axis as a place from 0 to {@code rank - 1}. */
    static int place(String name, long axis, Shape shape) {
        int rank = shape.rank();
        if (axis < -rank || axis >= rank) {
            throw new IllegalArgumentException(name + " is " + axis + "; for the input " + shape + " it must be from "
                    + -rank + " to " + (rank - 1));
        }
        return (int) (axis < 0 ? axis + rank : axis);
    }

    /** One axis that is not the batch. */
    static int placeInFrame(String name, long axis, Shape shape) {
        int place = place(name, axis, shape);
        if (shape.hasBatch() && place == 0) {
            throw new IllegalArgumentException(name + " " + axis + " of the input " + shape
                    + " is the batch; it must stay as it is, so that no frame depends on another");
        }
        return place;
    }

    /** Axes that are not the batch, ascending, each once. */
    static long[] placesInFrame(String name, long[] axes, Shape shape) {
        long[] places = Arrays.stream(axes).map(axis -> placeInFrame(name, axis, shape)).sorted().toArray();
        checkDistinct(name, axes, places);
        return places;
    }

    /** Refuses a list whose sorted {@code places} hold one twice. */
    static void checkDistinct(String name, long[] given, long[] places) {
        for (int at = 1; at < places.length; at++) {
            if (places[at] == places[at - 1]) {
                throw new IllegalArgumentException(name + " " + shown(given) + " names a dimension twice");
            }
        }
    }

    /** A dimension that was computed, as an int of 1 and more. */
    static int dim(String what, long size) {
        if (size < 1 || size > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(what + " would come out as " + size + "; it must be from 1 to "
                    + Integer.MAX_VALUE);
        }
        return (int) size;
    }

    /** The shape with one dimension changed. */
    static Shape with(Shape shape, int axis, int size) {
        int[] dims = shape.toArray();
        dims[axis] = size;
        return Shape.of(dims);
    }

    /** Refuses a list of the wrong length. */
    static void checkLength(String name, long[] list, int length) {
        if (list.length != length) {
            throw new IllegalArgumentException(name + " is " + shown(list) + "; it must have " + length
                    + " elements");
        }
    }

    /** Refuses a list with an element out of range. */
    static void checkRange(String name, long[] list, long least, long most) {
        if (Arrays.stream(list).anyMatch(element -> element < least || element > most)) {
            throw new IllegalArgumentException(name + " is " + shown(list) + "; its elements must be from " + least
                    + " to " + most);
        }
    }

    /** The list as text of bounded length. */
    static String shown(long[] list) {
        return list.length <= 16 ? Arrays.toString(list)
                : Arrays.toString(Arrays.copyOf(list, 16)).replace("]", ", …]");
    }

    static long[] filled(int length, long value) {
        long[] list = new long[length];
        Arrays.fill(list, value);
        return list;
    }
}
