package org.reluctor.network;

import java.util.List;

/**
 * Conv and ConvTranspose in float64, one spatial dimension taken as two of which the first is 1. For every output
 * element the products are summed over the group's input channels, then the kernel's rows, then its columns, each
 * ascending; the bias comes first. What lies in the padding contributes nothing, whatever the weight there is.
 */
final class ReferenceConvolution {
    /** One pass of one kernel over one plane: where the planes of input, output and weights begin. */
    private record Planes(double[] from, int fromAt, double[] to, int toAt, double[] weights, int weightsAt) {
    }

    private final int frames;
    private final int group;
    private final int[] from;
    private final int[] to;
    private final int[] kernel;
    private final int[] stride;
    private final int[] dilation;
    private final int[] padding;

    private ReferenceConvolution(Attributes attributes, int[] from, int[] weights, int[] to) {
        frames = from[0];
        group = (int) attributes.integer("group", 1);
        this.from = plane(from);
        this.to = plane(to);
        kernel = plane(weights);
        boolean line = from.length == 3;
        stride = spatial(attributes.integers("strides"), line, 1);
        dilation = spatial(attributes.integers("dilations"), line, 1);
        padding = spatial(attributes.integers("pads"), line, 0);
    }

    /** Height and width, the last two of three or four dimensions. */
    private static int[] plane(int[] dims) {
        return new int[] {dims.length == 3 ? 1 : dims[2], dims[dims.length - 1]};
    }

    /** What a list says first about height and width, or about width alone. */
    private static int[] spatial(long[] list, boolean line, int missing) {
        return line ? new int[] {missing, (int) list[0]} : new int[] {(int) list[0], (int) list[1]};
    }

    /** y[f, o, p] = bias[o] + Σ x[f, c, p·stride + k·dilation − pad] · w[o, c, k]. */
    static ReferenceTensor conv(Attributes attributes, List<ReferenceTensor> inputs, int[] dims) {
        ReferenceTensor x = inputs.get(0);
        ReferenceTensor w = inputs.get(1);
        ReferenceConvolution shape = new ReferenceConvolution(attributes, x.dims(), w.dims(), dims);
        double[] result = started(inputs, dims);
        int perGroup = w.dim(1);
        int outputs = w.dim(0) / shape.group;
        for (int index = 0; index < shape.frames * w.dim(0) * perGroup; index++) {
            int channel = index % perGroup;
            int output = index / perGroup % w.dim(0);
            int frame = index / perGroup / w.dim(0);
            int input = frame * x.dim(1) + output / outputs * perGroup + channel;
            shape.gather(new Planes(x.data(), input * shape.fromSize(), result,
                    (frame * w.dim(0) + output) * shape.toSize(), w.data(),
                    (output * perGroup + channel) * shape.kernelSize()));
        }
        return new ReferenceTensor(dims, result);
    }

    /** y[f, o, p·stride + k·dilation − pad] = bias[o] + Σ x[f, c, p] · w[c, o, k]. */
    static ReferenceTensor convTranspose(Attributes attributes, List<ReferenceTensor> inputs, int[] dims) {
        ReferenceTensor x = inputs.get(0);
        ReferenceTensor w = inputs.get(1);
        ReferenceConvolution shape = new ReferenceConvolution(attributes, x.dims(), w.dims(), dims);
        double[] result = started(inputs, dims);
        int outputs = w.dim(1);
        int channels = w.dim(0) / shape.group;
        for (int index = 0; index < shape.frames * w.dim(0) * outputs; index++) {
            int output = index % outputs;
            int channel = index / outputs % w.dim(0);
            int frame = index / outputs / w.dim(0);
            int target = frame * dims[1] + channel / channels * outputs + output;
            shape.scatter(new Planes(x.data(), (frame * w.dim(0) + channel) * shape.fromSize(), result,
                    target * shape.toSize(), w.data(), (channel * outputs + output) * shape.kernelSize()));
        }
        return new ReferenceTensor(dims, result);
    }

    /** The result before any product: the bias, or zero. */
    private static double[] started(List<ReferenceTensor> inputs, int[] dims) {
        double[] result = new double[ReferenceArithmetic.elements(dims)];
        if (inputs.size() > 2) {
            double[] bias = inputs.get(2).data();
            int plane = result.length / (dims[0] * dims[1]);
            for (int at = 0; at < result.length; at++) {
                result[at] = bias[at / plane % dims[1]];
            }
        }
        return result;
    }

    private int fromSize() {
        return from[0] * from[1];
    }

    private int toSize() {
        return to[0] * to[1];
    }

    private int kernelSize() {
        return kernel[0] * kernel[1];
    }

    private void gather(Planes planes) {
        for (int at = 0; at < kernelSize(); at++) {
            double weight = planes.weights()[planes.weightsAt() + at];
            int down = at / kernel[1] * dilation[0] - padding[0];
            int right = at % kernel[1] * dilation[1] - padding[1];
            for (int row = 0; row < to[0]; row++) {
                int source = row * stride[0] + down;
                if (source >= 0 && source < from[0]) {
                    gatherRow(planes, weight, source, row, right);
                }
            }
        }
    }

    private void gatherRow(Planes planes, double weight, int source, int row, int right) {
        int first = firstWithin(right);
        int last = lastWithin(right, from[1], to[1]);
        int fromAt = planes.fromAt() + source * from[1] + right;
        int toAt = planes.toAt() + row * to[1];
        for (int column = first; column <= last; column++) {
            planes.to()[toAt + column] += planes.from()[fromAt + column * stride[1]] * weight;
        }
    }

    private void scatter(Planes planes) {
        for (int at = 0; at < kernelSize(); at++) {
            double weight = planes.weights()[planes.weightsAt() + at];
            int down = at / kernel[1] * dilation[0] - padding[0];
            int right = at % kernel[1] * dilation[1] - padding[1];
            for (int row = 0; row < from[0]; row++) {
                int target = row * stride[0] + down;
                if (target >= 0 && target < to[0]) {
                    scatterRow(planes, weight, row, target, right);
                }
            }
        }
    }

    private void scatterRow(Planes planes, double weight, int row, int target, int right) {
        int first = firstWithin(right);
        int last = lastWithin(right, to[1], from[1]);
        int fromAt = planes.fromAt() + row * from[1];
        int toAt = planes.toAt() + target * to[1] + right;
        for (int column = first; column <= last; column++) {
            planes.to()[toAt + column * stride[1]] += planes.from()[fromAt + column] * weight;
        }
    }

    /** The first column for which column · stride + right is not below 0. */
    private int firstWithin(int right) {
        return right >= 0 ? 0 : (-right + stride[1] - 1) / stride[1];
    }

    /** The last of {@code count} columns for which column · stride + right is below {@code width}; -1 for none. */
    private int lastWithin(int right, int width, int count) {
        return right >= width ? -1 : Math.min(count - 1, (width - 1 - right) / stride[1]);
    }
}
