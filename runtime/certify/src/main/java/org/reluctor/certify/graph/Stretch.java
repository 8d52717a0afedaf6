package org.reluctor.certify.graph;

import org.reluctor.network.Shape;

/** numpy's broadcasting of one frame, as the place that each element of the result comes from. */
final class Stretch {
    private Stretch() {
    }

    /** For each element of {@code to}, row-major, its place in {@code from}; the batch counts as 1. */
    static int[] sources(Shape from, Shape to) {
        int[] target = frame(to);
        int[] given = frame(from);
        int[] strides = new int[target.length];
        int stride = 1;
        for (int axis = given.length - 1; axis >= 0; axis--) {
            strides[axis + target.length - given.length] = given[axis] == 1 ? 0 : stride;
            stride *= given[axis];
        }
        int[] sources = new int[Math.toIntExact(to.frameElements())];
        for (int at = 0; at < sources.length; at++) {
            int rest = at;
            for (int axis = target.length - 1; axis >= 0; axis--) {
                sources[at] += rest % target[axis] * strides[axis];
                rest /= target[axis];
            }
        }
        return sources;
    }

    /** Dimensions of one frame. */
    static int[] frame(Shape shape) {
        int[] dims = shape.toArray();
        if (shape.hasBatch()) {
            dims[0] = 1;
        }
        return dims;
    }

    /** A constant's elements, stretched. */
    static double[] elements(float[] constant, int[] sources) {
        double[] result = new double[sources.length];
        for (int at = 0; at < result.length; at++) {
            result[at] = constant[sources[at]];
        }
        return result;
    }
}
