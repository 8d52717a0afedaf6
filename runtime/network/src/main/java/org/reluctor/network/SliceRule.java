package org.reluctor.network;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Slice, Split and Concat: parts of a value, and values put together. */
final class SliceRule {
    private SliceRule() {
    }

    /**
     * A Slice with {@code axes} ascending and {@code starts}, {@code ends}, {@code steps} for them, places counted
     * from the front; an end before the first element is {@code -size - 1}. Dimensions taken whole are left out, and
     * a Slice of nothing else is an Identity.
     */
    static Call settleSlice(Call call) {
        Shape x = call.shape(0);
        long[] starts = required(call, "starts", 1);
        long[] ends = required(call, "ends", 2);
        long[] axes = call.list("axes", 3);
        long[] steps = call.list("steps", 4);
        long[] places = axes == null ? new long[starts.length] : axes.clone();
        for (int at = 0; at < places.length; at++) {
            places[at] = Axes.place("axes", axes == null ? at : axes[at], x);
        }
        steps = steps == null ? Axes.filled(starts.length, 1) : steps;
        Axes.checkLength("ends", ends, starts.length);
        Axes.checkLength("axes", places, starts.length);
        Axes.checkLength("steps", steps, starts.length);
        long[] sorted = places.clone();
        Arrays.sort(sorted);
        Axes.checkDistinct("axes", places, sorted);
        return settleCuts(call, places, starts, ends, steps);
    }

    private static long[] required(Call call, String name, int input) {
        long[] list = call.list(name, input);
        if (list == null) {
            throw new IllegalArgumentException("gives no " + name);
        }
        return list;
    }

    private static Call settleCuts(Call call, long[] places, long[] starts, long[] ends, long[] steps) {
        List<Cut> cuts = IntStream.range(0, places.length).boxed()
                .map(at -> Cut.of(call.shape(0), (int) places[at], starts[at], ends[at], steps[at]))
                .filter(cut -> !cut.whole()).sorted((a, b) -> Integer.compare(a.axis(), b.axis())).toList();
        if (cuts.isEmpty()) {
            return new Call(Operator.IDENTITY, call.inputs().subList(0, 1), Attributes.NONE, call.outputs());
        }
        return call.keepInputs(1).with("axes", cuts.stream().mapToLong(Cut::axis).toArray(),
                "starts", cuts.stream().mapToLong(Cut::start).toArray(),
                "ends", cuts.stream().mapToLong(Cut::end).toArray(),
                "steps", cuts.stream().mapToLong(Cut::step).toArray());
    }

    /** What a Slice takes along one dimension. */
    private record Cut(int axis, long start, long end, long step, boolean whole) {
        static Cut of(Shape x, int axis, long start, long end, long step) {
            if (step == 0 || step == Long.MIN_VALUE) {
                throw new IllegalArgumentException("steps holds " + step + "; any other step is right");
            }
            int size = x.dim(axis);
            if (size == Shape.BATCH) {
                return ofBatch(x, start, end, step);
            }
            long first = clamp(start < 0 ? start + size : start, 0, step > 0 ? size : size - 1);
            long last = clamp(end < 0 ? end + size : end, step > 0 ? 0 : -1, size);
            boolean whole = first == 0 && last == size && step == 1;
            return new Cut(axis, first, last < 0 ? -size - 1L : last, step, whole);
        }

        private static long clamp(long value, long least, long most) {
            return Math.max(least, Math.min(most, value));
        }

        /** Only all frames: from 0 to the batch's own size, or to an end that stands for "the last". */
        private static Cut ofBatch(Shape x, long start, long end, long step) {
            if (start != 0 || step != 1 || end != IntegerFolding.BATCH && end < Integer.MAX_VALUE) {
                throw new IllegalArgumentException("takes only some frames of the batch of the input " + x
                        + "; a slice must leave the batch whole");
            }
            return new Cut(0, 0, 0, 1, true);
        }

        static long size(long start, long end, long step, int size) {
            long last = end < 0 ? -1 : end;
            long distance = step > 0 ? last - start : start - last;
            return distance <= 0 || size == 0 ? 0 : (distance - 1) / Math.abs(step) + 1;
        }
    }

    /** The shape of a settled Slice. */
    static Shape sliced(Call call) {
        int[] dims = call.shape(0).toArray();
        Attributes cuts = call.attributes();
        long[] axes = cuts.integers("axes");
        for (int at = 0; at < axes.length; at++) {
            int axis = (int) axes[at];
            dims[axis] = (int) Cut.size(cuts.integers("starts")[at], cuts.integers("ends")[at],
                    cuts.integers("steps")[at], dims[axis]);
        }
        return Shape.of(dims);
    }

    /** A Split with {@code axis} and the sizes {@code split} of all outputs. */
    static Call settleSplit(Call call) {
        Shape x = call.shape(0);
        int axis = Axes.placeInFrame("axis", call.attributes().integer("axis", 0), x);
        long[] sizes = call.list("split", 1);
        int count = call.outputs();
        if (call.attributes().integer("num_outputs", count) != count) {
            throw new IllegalArgumentException("num_outputs is " + call.attributes().integer("num_outputs", 0)
                    + ", but the node has " + count + " outputs");
        }
        if (sizes == null) {
            sizes = equalParts(x, axis, count, call.attributes().has("num_outputs"));
        }
        Axes.checkLength("split", sizes, count);
        Axes.checkRange("split", sizes, 1, Integer.MAX_VALUE);
        if (Arrays.stream(sizes).sum() != x.dim(axis)) {
            throw new IllegalArgumentException("split is " + Axes.shown(sizes) + ", which does not sum up to dimension "
                    + axis + " of the input " + x);
        }
        return call.keepInputs(1).with("axis", (long) axis, "split", sizes);
    }

    /** Equal parts; where the operator set counts the outputs (18 and later), the last may be smaller. */
    private static long[] equalParts(Shape x, int axis, int count, boolean lastMayBeSmaller) {
        int size = x.dim(axis);
        if (size % count != 0 && !lastMayBeSmaller) {
            throw new IllegalArgumentException("dimension " + axis + " of the input " + x + " does not divide into "
                    + count + " equal parts; give their sizes as split");
        }
        long[] sizes = Axes.filled(count, (size + count - 1) / count);
        sizes[count - 1] = size - sizes[0] * (count - 1);
        return sizes;
    }

    /** The shapes of a settled Split. */
    static List<Shape> split(Call call) {
        int axis = (int) call.attributes().integer("axis", 0);
        return Arrays.stream(call.attributes().integers("split"))
                .mapToObj(size -> Axes.with(call.shape(0), axis, (int) size)).toList();
    }

    /** A Concat with {@code axis} from the front. */
    static Call settleConcat(Call call) {
        if (!call.attributes().has("axis")) {
            throw new IllegalArgumentException("gives no axis");
        }
        Shape widest = call.inputs().stream().map(Value::shape).filter(Shape::hasBatch).findFirst()
                .orElse(call.shape(0));
        return call.with("axis", (long) Axes.placeInFrame("axis", call.attributes().integer("axis", 0), widest));
    }

    /** The shape of a settled Concat. */
    static Shape joined(Call call) {
        int axis = (int) call.attributes().integer("axis", 0);
        Shape first = call.shape(0);
        long size = 0;
        for (Value input : call.inputs()) {
            Shape shape = input.shape();
            if (shape.rank() != first.rank() || axis >= shape.rank()
                    || !Axes.with(shape, axis, 0).equals(Axes.with(first, axis, 0))) {
                throw new IllegalArgumentException("the inputs " + first + " and " + shape
                        + " cannot be joined along dimension " + axis + "; all others must be equal");
            }
            size += shape.dim(axis);
        }
        return Axes.with(first, axis, size == 0 ? 0 : Axes.dim("dimension " + axis, size));
    }
}
