package org.reluctor.network;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Transpose, Squeeze, Unsqueeze, Expand, DepthToSpace, SpaceToDepth and Pad: other places for the same elements. */
final class ArrangementRule {
    private static final int MOST_DIMENSIONS = 16;

    private ArrangementRule() {
    }

    /** A Transpose with {@code perm}; the batch stays first. */
    static Call settleTranspose(Call call) {
        Shape x = call.shape(0);
        long[] perm = call.attributes().integers("perm",
                LongStream.range(0, x.rank()).map(axis -> x.rank() - 1 - axis).toArray());
        Axes.checkLength("perm", perm, x.rank());
        long[] sorted = Arrays.stream(perm).sorted().toArray();
        Axes.checkRange("perm", perm, 0, x.rank() - 1L);
        Axes.checkDistinct("perm", perm, sorted);
        if (x.hasBatch() && perm[0] != 0) {
            throw new IllegalArgumentException("perm " + Axes.shown(perm) + " moves the batch of the input " + x
                    + "; it must stay first");
        }
        return call.with("perm", perm);
    }

    static Shape transposed(Call call) {
        Shape x = call.shape(0);
        return Shape.of(Arrays.stream(call.attributes().integers("perm")).mapToInt(axis -> x.dim((int) axis))
                .toArray());
    }

    /** A Squeeze with {@code axes}; without any it takes all dimensions of 1 but the batch. */
    static Call settleSqueeze(Call call) {
        Shape x = call.shape(0);
        long[] axes = call.list("axes", 1);
        if (axes == null) {
            axes = IntStream.range(0, x.rank()).filter(axis -> x.dim(axis) == 1).asLongStream().toArray();
        }
        long[] places = Axes.placesInFrame("axes", axes, x);
        for (long place : places) {
            if (x.dim((int) place) != 1) {
                throw new IllegalArgumentException("axes " + Axes.shown(axes) + " names dimension " + place
                        + " of the input " + x + "; only dimensions of 1 can be left out");
            }
        }
        return call.keepInputs(1).with("axes", places);
    }

    static Shape squeezed(Call call) {
        int[] dims = call.shape(0).toArray();
        for (long axis : call.attributes().integers("axes")) {
            dims[(int) axis] = Integer.MIN_VALUE;
        }
        return Shape.of(IntStream.of(dims).filter(dim -> dim != Integer.MIN_VALUE).toArray());
    }

    /** An Unsqueeze with {@code axes} as places in the output. */
    static Call settleUnsqueeze(Call call) {
        Shape x = call.shape(0);
        long[] axes = call.list("axes", 1);
        if (axes == null || x.rank() + axes.length > MOST_DIMENSIONS) {
            throw new IllegalArgumentException(axes == null ? "gives no axes"
                    : "would make more than " + MOST_DIMENSIONS + " dimensions");
        }
        int[] dims = Arrays.copyOf(x.toArray(), x.rank() + axes.length);
        Arrays.fill(dims, x.rank(), dims.length, 1);
        return call.keepInputs(1).with("axes", Axes.placesInFrame("axes", axes, Shape.of(dims)));
    }

    static Shape unsqueezed(Call call) {
        int[] from = call.shape(0).toArray();
        long[] axes = call.attributes().integers("axes");
        int[] dims = new int[from.length + axes.length];
        int next = 0;
        for (int axis = 0; axis < dims.length; axis++) {
            dims[axis] = Arrays.binarySearch(axes, axis) >= 0 ? 1 : from[next++];
        }
        return Shape.of(dims);
    }

    /** An Expand with {@code shape}: what the input is broadcast against, 1 in the place of the batch. */
    static Call settleExpand(Call call) {
        long[] wanted = call.list("shape", 1);
        if (wanted == null || wanted.length > MOST_DIMENSIONS) {
            throw new IllegalArgumentException(wanted == null ? "gives no shape"
                    : "asks for " + wanted.length + " dimensions; " + MOST_DIMENSIONS + " is the most");
        }
        Shape x = call.shape(0);
        long[] shape = wanted.clone();
        if (shape.length > 0 && shape[0] == IntegerFolding.BATCH && (!x.hasBatch() || x.rank() == shape.length)) {
            // A constant that is stretched over the frames stays one: it stretches again wherever it is used.
            shape[0] = 1;
        }
        Axes.checkRange("shape", shape, 1, Integer.MAX_VALUE);
        return call.keepInputs(1).with("shape", shape);
    }

    static Shape expanded(Call call) {
        return Broadcasting.broadcast(call.shape(0), Shape.of(Arrays.stream(call.attributes().integers("shape"))
                .mapToInt(Math::toIntExact).toArray()));
    }

    /** A DepthToSpace with {@code blocksize} and {@code mode}, or a SpaceToDepth with {@code blocksize}. */
    static Call settleBlocks(Call call) {
        Shape x = call.shape(0);
        long block = call.attributes().integer("blocksize", 0);
        if (x.rank() != 4 || block < 1 || block > Short.MAX_VALUE) {
            throw new IllegalArgumentException("the input is " + x + " and blocksize " + block
                    + "; [batch, channels, height, width] and a blocksize of 1 and more are right");
        }
        if (call.operator() == Operator.SPACE_TO_DEPTH) {
            if (x.dim(2) % block != 0 || x.dim(3) % block != 0) {
                throw new IllegalArgumentException("the input " + x + " does not divide into blocks of " + block + "×"
                        + block);
            }
            return call.with("blocksize", block);
        }
        String mode = call.attributes().text("mode", "DCR");
        if (x.dim(1) % (block * block) != 0 || !mode.equals("DCR") && !mode.equals("CRD")) {
            throw new IllegalArgumentException("the input is " + x + ", blocksize " + block + " and mode "
                    + Quote.of(mode) + "; right are channels that blocksize² divides, DCR or CRD");
        }
        return call.with("blocksize", block, "mode", mode);
    }

    static Shape blocks(Call call) {
        int[] dims = call.shape(0).toArray();
        int block = (int) call.attributes().integer("blocksize", 1);
        boolean spread = call.operator() == Operator.DEPTH_TO_SPACE;
        dims[1] = spread ? dims[1] / (block * block)
                : Axes.dim("the number of channels", (long) dims[1] * block * block);
        for (int axis = 2; axis < 4; axis++) {
            dims[axis] = spread ? Axes.dim("dimension " + axis, (long) dims[axis] * block) : dims[axis] / block;
        }
        return Shape.of(dims);
    }

    /** A Pad with {@code mode}, {@code pads} for all dimensions and, for constants, {@code value}. */
    static Call settlePad(Call call) {
        Shape x = call.shape(0);
        String mode = call.attributes().text("mode", "constant");
        Float value = call.number("value", 2);
        long[] pads = allPads(call);
        switch (mode) {
            case "constant" -> { }
            case "reflect", "edge" -> checkWithin(x, pads, mode.equals("reflect"));
            default -> throw new IllegalArgumentException("mode is " + Quote.of(mode)
                    + "; constant, reflect and edge are right");
        }
        return mode.equals("constant")
                ? call.keepInputs(1).with("mode", mode, "pads", pads, "value", value == null ? 0f : value)
                : call.keepInputs(1).with("mode", mode, "pads", pads);
    }

    private static long[] allPads(Call call) {
        Shape x = call.shape(0);
        long[] given = call.list("pads", 1);
        Value axesInput = call.optional(3);
        long[] axes = axesInput == null ? LongStream.range(0, x.rank()).toArray() : axesInput.integers();
        if (given == null) {
            throw new IllegalArgumentException("gives no pads");
        }
        Axes.checkLength("pads", given, 2 * axes.length);
        long[] places = Arrays.stream(axes).map(axis -> Axes.place("axes", axis, x)).toArray();
        Axes.checkDistinct("axes", axes, Arrays.stream(places).sorted().toArray());
        Axes.checkRange("pads", given, -Integer.MAX_VALUE, Integer.MAX_VALUE);
        long[] pads = new long[2 * x.rank()];
        for (int at = 0; at < axes.length; at++) {
            pads[(int) places[at]] = given[at];
            pads[(int) places[at] + x.rank()] = given[at + axes.length];
        }
        if (x.hasBatch() && (pads[0] != 0 || pads[x.rank()] != 0)) {
            throw new IllegalArgumentException("pads " + Axes.shown(given) + " pads the batch of the input " + x
                    + "; it must stay as it is");
        }
        return pads;
    }

    /** Negative pads cut first; what is left must hold all that is reflected, or one element to repeat. */
    private static void checkWithin(Shape x, long[] pads, boolean reflect) {
        for (int axis = 0; axis < x.rank(); axis++) {
            long before = pads[axis];
            long after = pads[axis + x.rank()];
            long left = x.dim(axis) + Math.min(0, before) + Math.min(0, after);
            long needed = reflect ? Math.max(before, after) + 1 : 1;
            if (x.dim(axis) != Shape.BATCH && left < needed && (before > 0 || after > 0)) {
                throw new IllegalArgumentException("pads " + Axes.shown(pads) + " want more than dimension " + axis
                        + " of the input " + x + " holds; " + (reflect ? "a reflection reaches size - 1 elements"
                        : "one element must be left to repeat"));
            }
        }
    }

    static Shape padded(Call call) {
        int[] dims = call.shape(0).toArray();
        long[] pads = call.attributes().integers("pads");
        for (int axis = 0; axis < dims.length; axis++) {
            long added = pads[axis] + pads[axis + dims.length];
            dims[axis] = added == 0 ? dims[axis] : Axes.dim("dimension " + axis, dims[axis] + added);
        }
        return Shape.of(dims);
    }
}
