package org.reluctor.engine.lowering;

import java.util.ArrayList;
import java.util.List;
import org.reluctor.network.Shape;

/** Where the elements that are reduced together lie. */
final class Reduction {
    private Reduction() {
    }

    /** Sources of the value with its reduced axes brought last, the kept ones in front in their order. */
    static int[] sources(Shape shape, long[] axes) {
        boolean[] reduced = new boolean[shape.rank()];
        for (long axis : axes) {
            reduced[(int) axis] = true;
        }
        if (reduced.length > 0 && reduced[0] && shape.hasBatch()) {
            throw new LoweringException("a reduction over the batch would mix frames");
        }
        List<Integer> order = new ArrayList<>();
        for (int pass = 0; pass < 2; pass++) {
            for (int axis = shape.hasBatch() ? 1 : 0; axis < reduced.length; axis++) {
                if (reduced[axis] == (pass == 1)) {
                    order.add(axis);
                }
            }
        }
        return permuted(shape, order);
    }

    private static int[] permuted(Shape shape, List<Integer> order) {
        int[] sources = new int[Math.toIntExact(shape.frameElements())];
        for (int at = 0; at < sources.length; at++) {
            int rest = at;
            int source = 0;
            for (int i = order.size() - 1; i >= 0; i--) {
                int size = shape.dim(order.get(i));
                source += rest % size * stride(shape, order.get(i));
                rest /= size;
            }
            sources[at] = source;
        }
        return sources;
    }

    private static int stride(Shape shape, int axis) {
        int stride = 1;
        for (int i = axis + 1; i < shape.rank(); i++) {
            stride *= shape.dim(i);
        }
        return stride;
    }
}
