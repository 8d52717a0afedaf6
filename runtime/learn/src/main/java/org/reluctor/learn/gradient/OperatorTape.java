package org.reluctor.learn.gradient;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.reluctor.network.Attributes;
import org.reluctor.network.Movement;
import org.reluctor.network.Node;
import org.reluctor.network.Operator;

/** Records what an operator means: every one that can stand in a network, in terms of the tape's few kinds. */
final class OperatorTape {
    private static final Formula A = Formula.input(0);
    private static final Formula B = Formula.input(1);

    private final Tape tape;

    OperatorTape(Tape tape) {
        this.tape = tape;
    }

    /**
     * The outputs of a node.
     *
     * @param in   its inputs in order, integer constants left out
     * @param dims of each output, the batch a number
     */
    List<Tensor> record(Node node, List<Tensor> in, List<int[]> dims) {
        if (node.operator() == Operator.SPLIT) {
            return IntStream.range(0, dims.size())
                    .mapToObj(output -> move(node, output, in.get(0), dims.get(output))).toList();
        }
        return List.of(single(node, in, dims.get(0)));
    }

    private Tensor single(Node node, List<Tensor> in, int[] dims) {
        Tensor x = in.get(0);
        return switch (node.operator()) {
            case FLATTEN, IDENTITY, RESHAPE, SQUEEZE, UNSQUEEZE -> x.as(dims);
            case DEPTH_TO_SPACE, EXPAND, PAD, SLICE, SPACE_TO_DEPTH, TRANSPOSE -> move(node, 0, x, dims);
            case CONCAT -> concat(in, (int) node.attributes().integer("axis", 0), dims);
            case CONV, CONV_TRANSPOSE -> convolution(node, in, dims);
            case GEMM -> gemm(node.attributes(), in, dims);
            case MATMUL -> new MatrixProducts(tape).matMul(x, in.get(1), dims);
            case REDUCE_L2, REDUCE_MAX, REDUCE_MEAN, REDUCE_SUM -> reduce(node, x).as(dims);
            default -> PointwiseOperators.record(tape, node, in);
        };
    }

    /** A table for one frame, used for all; constants are one frame. */
    private Tensor move(Node node, int output, Tensor x, int[] dims) {
        boolean batch = node.inputs().get(0).shape().hasBatch();
        Places places = Places.of(Movement.sources(node, output), node.attributes().real("value", 0));
        return tape.gather(x, batch ? x.dim(0) : 1, places, dims);
    }

    /** Each part in its place among zeros, and their sum. */
    private Tensor concat(List<Tensor> in, int axis, int[] dims) {
        Tensor sum = null;
        int before = 0;
        Tensor whole = new Tensor(-1, dims);
        int row = whole.elementsFrom(axis);
        for (Tensor part : in) {
            int length = part.elementsFrom(axis);
            int[] sources = new int[row];
            for (int at = 0; at < row; at++) {
                boolean own = at >= before && at < before + length;
                sources[at] = own ? at - before : Movement.NOWHERE;
            }
            before += length;
            Tensor placed = tape.gather(part, whole.elements() / row, Places.of(sources, 0), dims);
            sum = sum == null ? placed : tape.pointwise(Elementary.ADD.of(A, B), sum, placed);
        }
        return sum;
    }

    private Tensor convolution(Node node, List<Tensor> in, int[] dims) {
        boolean transposed = node.operator() == Operator.CONV_TRANSPOSE;
        Tensor x = in.get(0);
        Tensor weights = in.get(1);
        ConvolutionProducts shape = transposed
                ? new ConvolutionProducts(node.attributes(), dims, weights.dims(), x.dims())
                : new ConvolutionProducts(node.attributes(), x.dims(), weights.dims(), dims);
        Tensor y = tape.convolution(shape, transposed, x, weights, dims);
        if (in.size() < 3) {
            return y;
        }
        int[] channels = new int[dims.length];
        Arrays.fill(channels, 1);
        channels[1] = dims[1];
        return tape.pointwise(Elementary.ADD.of(A, B), y, in.get(2).as(channels));
    }

    private Tensor gemm(Attributes attributes, List<Tensor> in, int[] dims) {
        Tensor product = new MatrixProducts(tape).product(in.get(0), attributes.integer("transA", 0) != 0, in.get(1),
                attributes.integer("transB", 0) != 0, dims);
        Formula scaled = scaled(A, attributes.real("alpha", 1));
        if (in.size() < 3) {
            return scaled == A ? product : tape.pointwise(scaled, product);
        }
        return tape.pointwise(Elementary.ADD.of(scaled, scaled(B, attributes.real("beta", 1))), product, in.get(2));
    }

    private static Formula scaled(Formula formula, float factor) {
        return factor == 1 ? formula : Elementary.MUL.of(Formula.of(factor), formula);
    }

    private Tensor reduce(Node node, Tensor x) {
        int[] axes = Arrays.stream(node.attributes().integers("axes")).mapToInt(Math::toIntExact).toArray();
        int count = Arrays.stream(axes).map(x::dim).reduce(1, (a, b) -> a * b);
        return switch (node.operator()) {
            case REDUCE_MAX -> tape.greatest(x, axes);
            case REDUCE_MEAN -> tape.sum(x, 1.0 / count, axes);
            case REDUCE_L2 -> tape.pointwise(Elementary.SQRT.of(A),
                    tape.sum(tape.pointwise(Elementary.MUL.of(A, A), x), 1, axes));
            default -> tape.sum(x, 1, axes);
        };
    }
}
