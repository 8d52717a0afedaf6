package org.reluctor.network;

import java.util.Arrays;

/**
 * Conv and ConvTranspose over one or two spatial dimensions: the settled form (all attributes given, paddings as
 * numbers) and the shape that comes out.
 */
final class ConvolutionRule {
    private static final long MOST = 1 << 20;

    private ConvolutionRule() {
    }

    /** The call with {@code dilations}, {@code group}, {@code pads}, {@code strides} and nothing else to be known. */
    static Call settle(Call call) {
        boolean transposed = call.operator() == Operator.CONV_TRANSPOSE;
        call.requireConstants(1);
        int spatial = spatial(call);
        Attributes given = call.attributes();
        long[] kernel = Arrays.stream(call.shape(1).toArray()).skip(2).asLongStream().toArray();
        if (given.has("kernel_shape") && !Arrays.equals(kernel, given.integers("kernel_shape"))) {
            throw new IllegalArgumentException("kernel_shape is " + Axes.shown(given.integers("kernel_shape"))
                    + ", but the weights are " + call.shape(1));
        }
        long[] strides = positive(given, "strides", spatial);
        long[] dilations = positive(given, "dilations", spatial);
        long group = given.integer("group", 1);
        checkChannels(call, group, transposed);
        Call steps = call.with("dilations", dilations, "group", group, "strides", strides);
        if (transposed) {
            return settleTransposed(call, steps, kernel);
        }
        return steps.with("dilations", dilations, "group", group, "strides", strides,
                "pads", pads(call, steps, kernel));
    }

    private static Call settleTransposed(Call call, Call steps, long[] kernel) {
        long[] outputPadding = call.attributes().integers("output_padding", Axes.filled(kernel.length, 0));
        Axes.checkLength("output_padding", outputPadding, kernel.length);
        Axes.checkRange("output_padding", outputPadding, 0, MOST);
        Attributes known = steps.attributes();
        return steps.with("dilations", known.integers("dilations"), "group", known.integer("group", 1),
                "strides", known.integers("strides"), "output_padding", outputPadding,
                "pads", transposedPads(call, steps, kernel, outputPadding));
    }

    private static int spatial(Call call) {
        Shape x = call.shape(0);
        Shape weights = call.shape(1);
        if (x.rank() < 3 || x.rank() > 4) {
            throw new IllegalArgumentException("the input is " + x
                    + "; [batch, channels, length] or [batch, channels, height, width] is right");
        }
        if (weights.rank() != x.rank()) {
            throw new IllegalArgumentException("the weights " + weights + " do not fit the input " + x
                    + "; both must have as many dimensions");
        }
        return x.rank() - 2;
    }

    private static long[] positive(Attributes attributes, String name, int length) {
        long[] list = attributes.integers(name, Axes.filled(length, 1));
        Axes.checkLength(name, list, length);
        Axes.checkRange(name, list, 1, MOST);
        return list;
    }

    private static void checkChannels(Call call, long group, boolean transposed) {
        Shape x = call.shape(0);
        Shape weights = call.shape(1);
        long perGroup = transposed ? weights.dim(0) : weights.dim(1) * group;
        if (group < 1 || perGroup != x.dim(1) || weights.dim(0) % group != 0) {
            throw new IllegalArgumentException("the weights " + weights + " in " + group + " groups do not fit the "
                    + x.dim(1) + " channels of the input " + x);
        }
        long channels = channels(call, group);
        Value bias = call.optional(2);
        if (bias != null && !bias.shape().equals(Shape.of((int) channels))) {
            throw new IllegalArgumentException("the bias is " + bias.shape() + "; [" + channels + "] is right");
        }
    }

    private static long channels(Call call, long group) {
        Shape weights = call.shape(1);
        return Axes.dim("the number of channels", call.operator() == Operator.CONV ? weights.dim(0)
                : weights.dim(1) * group);
    }

    /** Padding before every dimension, then after every dimension. */
    private static long[] pads(Call call, Call steps, long[] kernel) {
        String automatic = automatic(call.attributes(), kernel.length);
        if (automatic.equals("NOTSET")) {
            return givenPads(call.attributes(), kernel.length);
        }
        long[] pads = Axes.filled(2 * kernel.length, 0);
        for (int axis = 0; axis < kernel.length && automatic.startsWith("SAME"); axis++) {
            long stride = steps.attributes().integers("strides")[axis];
            long extent = extent(kernel[axis], steps.attributes().integers("dilations")[axis]);
            long length = call.shape(0).dim(axis + 2);
            long total = Math.max(0, ((length + stride - 1) / stride - 1) * stride + extent - length);
            distribute(pads, axis, total, automatic.equals("SAME_UPPER"));
        }
        return pads;
    }

    private static String automatic(Attributes attributes, int spatial) {
        String automatic = attributes.text("auto_pad", "NOTSET");
        switch (automatic) {
            case "NOTSET" -> { }
            case "VALID", "SAME_UPPER", "SAME_LOWER" -> {
                if (!Arrays.equals(givenPads(attributes, spatial), Axes.filled(2 * spatial, 0))) {
                    throw new IllegalArgumentException("gives both auto_pad and pads; one of them is right");
                }
            }
            default -> throw new IllegalArgumentException("auto_pad is " + Quote.of(automatic)
                    + "; NOTSET, VALID, SAME_UPPER and SAME_LOWER are right");
        }
        return automatic;
    }

    private static long[] givenPads(Attributes attributes, int spatial) {
        long[] pads = attributes.integers("pads", Axes.filled(2 * spatial, 0));
        Axes.checkLength("pads", pads, 2 * spatial);
        Axes.checkRange("pads", pads, 0, MOST);
        return pads;
    }

    /** Where {@code total} is odd, the greater half goes after (upper) or before. */
    private static void distribute(long[] pads, int axis, long total, boolean upper) {
        pads[axis] = upper ? total / 2 : total - total / 2;
        pads[axis + pads.length / 2] = total - pads[axis];
    }

    /**
     * An {@code output_shape} and automatic padding, turned into pads as the specification of ConvTranspose says. A
     * size that strides and kernel do not reach is refused: runtimes differ in what they make of it.
     */
    private static long[] transposedPads(Call call, Call steps, long[] kernel, long[] outputPadding) {
        String automatic = automatic(call.attributes(), kernel.length);
        long[] wanted = wantedShape(call, kernel.length);
        boolean same = automatic.startsWith("SAME");
        long[] pads = automatic.equals("NOTSET") ? givenPads(call.attributes(), kernel.length).clone()
                : Axes.filled(2 * kernel.length, 0);
        for (int axis = 0; axis < kernel.length && (same || wanted != null); axis++) {
            long stride = steps.attributes().integers("strides")[axis];
            long length = call.shape(0).dim(axis + 2);
            long full = stride * (length - 1) + outputPadding[axis]
                    + extent(kernel[axis], steps.attributes().integers("dilations")[axis]);
            long size = wanted != null ? wanted[axis] : stride * length;
            if (size > full) {
                throw new IllegalArgumentException("an output of " + size + " is asked for along dimension "
                        + (axis + 2) + ", but strides and kernel reach " + full
                        + "; give pads and output_padding instead");
            }
            distribute(pads, axis, full - size, automatic.equals("SAME_UPPER"));
        }
        return pads;
    }

    private static long[] wantedShape(Call call, int spatial) {
        if (!call.attributes().has("output_shape")) {
            return null;
        }
        long[] wanted = call.attributes().integers("output_shape");
        // Some exporters give all dimensions, others the spatial ones alone, as the specification wants.
        long[] inSpace = wanted.length == spatial + 2 ? Arrays.copyOfRange(wanted, 2, wanted.length) : wanted;
        Axes.checkLength("output_shape", inSpace, spatial);
        Axes.checkRange("output_shape", inSpace, 1, Integer.MAX_VALUE);
        return inSpace;
    }

    /** Elements that a dilated kernel spans. */
    private static long extent(long kernel, long dilation) {
        return (kernel - 1) * dilation + 1;
    }

    /** The output's shape of a settled call. */
    static Shape shape(Call call) {
        int[] dims = call.shape(0).toArray();
        Attributes attributes = call.attributes();
        dims[1] = (int) channels(call, attributes.integer("group", 1));
        long[] pads = attributes.integers("pads");
        int spatial = pads.length / 2;
        for (int axis = 0; axis < spatial; axis++) {
            long extent = extent(call.shape(1).dim(axis + 2), attributes.integers("dilations")[axis]);
            long stride = attributes.integers("strides")[axis];
            long padding = pads[axis] + pads[axis + spatial];
            long room = dims[axis + 2] + padding - extent;
            long size = call.operator() == Operator.CONV ? (room < 0 ? 0 : room / stride + 1)
                    : stride * (dims[axis + 2] - 1) + attributes.integers("output_padding")[axis] + extent - padding;
            dims[axis + 2] = Axes.dim("dimension " + (axis + 2) + " of the input " + call.shape(0)
                    + " under a kernel that spans " + extent, size);
        }
        return Shape.of(dims);
    }
}
