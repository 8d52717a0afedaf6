package org.reluctor.app.selftest;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.reluctor.network.Attributes;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.Operator;
import org.reluctor.network.Value;

/** Conv and ConvTranspose of one and two spatial dimensions with all their attributes drawn. */
final class ConvolutionCases {
    private final NetworkBuilder builder;
    private final Random random;
    private final Map<String, Object> attributes = new HashMap<>();

    ConvolutionCases(NetworkBuilder builder, Random random) {
        this.builder = builder;
        this.random = random;
    }

    Value convolution(Operator operator) {
        boolean transposed = operator == Operator.CONV_TRANSPOSE;
        if (!transposed && random.nextInt(5) == 0) {
            return wide();
        }
        int spatial = upTo(2);
        int group = random.nextInt(3) == 0 ? upTo(3) : 1;
        int from = group * upTo(4);
        int to = group * upTo(4);
        int[] kernel = kernel(spatial);
        long[] strides = draw(spatial, 1, 3);
        long[] dilations = draw(spatial, 1, random.nextInt(3) == 0 ? 2 : 1);
        attributes.put("group", (long) group);
        attributes.put("strides", strides);
        attributes.put("dilations", dilations);
        long[] pads = padding(spatial, kernel, transposed);
        if (transposed && random.nextBoolean() && attributes.get("auto_pad") == null) {
            // ONNX Runtime wants less than the stride or the dilation.
            attributes.put("output_padding", new long[spatial]);
            for (int axis = 0; axis < spatial; axis++) {
                ((long[]) attributes.get("output_padding"))[axis] = random.nextInt((int) strides[axis]);
            }
        }
        int[] size = size(spatial, kernel, dilations, pads);
        Value x = builder.input("y", join(from, size));
        int[] weights = transposed ? join(from, to / group, kernel) : join(to, from / group, kernel);
        Value bias = random.nextBoolean() ? constant("bias", to) : null;
        Attributes all = new Attributes(attributes);
        return transposed ? builder.convTranspose(x, constant("w", weights), bias, all)
                : builder.conv(x, constant("w", weights), bias, all);
    }

    /** 3×3 over many channels, as in the middle of the published networks. */
    private Value wide() {
        int from = 16 * upTo(2);
        int to = random.nextBoolean() ? 32 : 1;
        attributes.put("pads", new long[] {1, 1, 1, 1});
        Value x = builder.input("y", join(from, new int[] {4 + random.nextInt(8), 4 + random.nextInt(8)}));
        return builder.conv(x, constant("w", to, from, 3, 3), constant("bias", to), new Attributes(attributes));
    }

    private int[] kernel(int spatial) {
        int[] kernel = new int[spatial];
        int most = random.nextInt(8) == 0 ? 33 : 5;
        for (int axis = 0; axis < spatial; axis++) {
            kernel[axis] = upTo(most);
        }
        return kernel;
    }

    private long[] padding(int spatial, int[] kernel, boolean transposed) {
        long[] pads = new long[2 * spatial];
        switch (random.nextInt(5)) {
            case 0 -> { }
            case 1 -> attributes.put("auto_pad", "VALID");
            case 2 -> {
                // A stride that the kernel does not span is refused for ConvTranspose of the same size.
                attributes.put("auto_pad", random.nextBoolean() ? "SAME_UPPER" : "SAME_LOWER");
                attributes.put("strides", draw(spatial, 1, transposed ? 1 : 3));
            }
            default -> {
                for (int side = 0; side < pads.length; side++) {
                    pads[side] = random.nextInt((kernel[side % spatial] + 1) / 2 + 1);
                }
                attributes.put("pads", pads);
            }
        }
        return pads;
    }

    /** Large enough that something comes out. */
    private int[] size(int spatial, int[] kernel, long[] dilations, long[] pads) {
        int[] size = new int[spatial];
        for (int axis = 0; axis < spatial; axis++) {
            int extent = (kernel[axis] - 1) * (int) dilations[axis] + 1;
            size[axis] = Math.max(1, extent - (int) (pads[axis] + pads[axis + spatial])) + random.nextInt(10) + 2;
        }
        return size;
    }

    private long[] draw(int length, int least, int most) {
        long[] list = new long[length];
        for (int at = 0; at < length; at++) {
            list[at] = least + random.nextInt(most - least + 1);
        }
        return list;
    }

    private int upTo(int most) {
        return 1 + random.nextInt(most);
    }

    private static int[] join(int first, int... rest) {
        int[] dims = new int[rest.length + 1];
        dims[0] = first;
        System.arraycopy(rest, 0, dims, 1, rest.length);
        return dims;
    }

    private static int[] join(int first, int second, int[] rest) {
        return join(first, join(second, rest));
    }

    private Value constant(String name, int... dims) {
        int count = 1;
        for (int dim : dims) {
            count *= dim;
        }
        float[] data = new float[count];
        for (int at = 0; at < count; at++) {
            data[at] = (float) random.nextGaussian();
        }
        return builder.constant(name, data, dims);
    }
}
