package org.reluctor.network;

import java.util.ArrayList;
import java.util.List;

/** Operators that only bring elements to other places, in float64: no element changes, not even a NaN's bits. */
final class ReferenceMovement {
    private ReferenceMovement() {
    }

    /** Transpose, Slice, Expand, Gather, DepthToSpace, SpaceToDepth and Pad. */
    static ReferenceTensor move(Call call, ReferenceTensor x, int[] dims) {
        return taken(x, Movement.sources(call, 0, x.dims(), dims), dims, call.attributes().real("value", 0));
    }

    static List<ReferenceTensor> split(Call call, ReferenceTensor x, List<int[]> dims) {
        List<ReferenceTensor> parts = new ArrayList<>();
        for (int output = 0; output < dims.size(); output++) {
            int[] sources = Movement.sources(call, output, x.dims(), dims.get(output));
            parts.add(taken(x, sources, dims.get(output), 0));
        }
        return parts;
    }

    private static ReferenceTensor taken(ReferenceTensor x, int[] sources, int[] dims, double padding) {
        double[] result = new double[sources.length];
        for (int at = 0; at < result.length; at++) {
            result[at] = sources[at] == Movement.NOWHERE ? padding : x.data()[sources[at]];
        }
        return new ReferenceTensor(dims, result);
    }

    static ReferenceTensor concat(Attributes attributes, List<ReferenceTensor> inputs, int[] dims) {
        double[] result = new double[ReferenceArithmetic.elements(dims)];
        int axis = (int) attributes.integer("axis", 0);
        List<Object> parts = inputs.stream().map(input -> (Object) input.data()).toList();
        join(parts, inputs.stream().map(ReferenceTensor::dims).toList(), axis, result, dims);
        return new ReferenceTensor(dims, result);
    }

    /** Copies arrays (all of doubles, or all of longs) one behind the other along one dimension. */
    static void join(List<Object> parts, List<int[]> partDims, int axis, Object result, int[] dims) {
        int outer = (int) ReshapeRule.product(dims, 0, axis);
        int row = (int) ReshapeRule.product(dims, axis, dims.length);
        int offset = 0;
        for (int part = 0; part < parts.size(); part++) {
            int length = (int) ReshapeRule.product(partDims.get(part), axis, dims.length);
            for (int at = 0; at < outer; at++) {
                System.arraycopy(parts.get(part), at * length, result, at * row + offset, length);
            }
            offset += length;
        }
    }
}
