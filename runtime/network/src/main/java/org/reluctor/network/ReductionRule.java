package org.reluctor.network;

import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** ReduceMean, ReduceSum, ReduceMax and ReduceL2: which dimensions go. */
final class ReductionRule {
    private ReductionRule() {
    }

    /** The call with {@code axes} ascending and {@code keepdims}; an Identity where nothing is to be reduced. */
    static Call settle(Call call) {
        Shape x = call.shape(0);
        long keep = call.attributes().integer("keepdims", 1) != 0 ? 1 : 0;
        long[] axes = call.list("axes", 1);
        if (axes == null || axes.length == 0) {
            if (call.attributes().integer("noop_with_empty_axes", 0) != 0) {
                return nothing(call);
            }
            axes = LongStream.range(0, x.rank()).toArray();
        }
        if (axes.length == 0) {
            throw new IllegalArgumentException("the input is a single number; there is nothing to reduce");
        }
        return call.keepInputs(1).with("axes", Axes.placesInFrame("axes", axes, x), "keepdims", keep);
    }

    private static Call nothing(Call call) {
        if (call.operator() == Operator.REDUCE_L2) {
            throw new IllegalArgumentException("noop_with_empty_axes leaves nothing to reduce, and what a ReduceL2"
                    + " then means differs between versions of ONNX; name the axes");
        }
        return new Call(Operator.IDENTITY, call.inputs().subList(0, 1), Attributes.NONE, call.outputs());
    }

    /** The output's shape of a settled call. */
    static Shape shape(Call call) {
        int[] dims = call.shape(0).toArray();
        boolean keep = call.attributes().integer("keepdims", 1) != 0;
        for (long axis : call.attributes().integers("axes")) {
            dims[(int) axis] = keep ? 1 : Integer.MIN_VALUE;
        }
        return Shape.of(IntStream.of(dims).filter(dim -> dim != Integer.MIN_VALUE).toArray());
    }
}
