package org.reluctor.certify.graph;

import java.util.Arrays;
import org.reluctor.network.Attributes;
import org.reluctor.network.Broadcasting;
import org.reluctor.network.Node;
import org.reluctor.network.Operator;
import org.reluctor.network.Shape;
import org.reluctor.network.Value;

/** The linear map of a node that multiplies by constants or sums up: products, convolutions, reductions. */
final class NodeMaps {
    private NodeMaps() {
    }

    /** The map of {@code node} as a function of its first input, or of its second where the first is constant. */
    static LinearMap of(Node node) {
        return switch (node.operator()) {
            case MATMUL -> matMul(node);
            case GEMM -> gemm(node);
            case CONV, CONV_TRANSPOSE -> convolution(node);
            case REDUCE_SUM, REDUCE_MEAN -> reduction(node);
            default -> throw new IllegalArgumentException(node.operator() + " is no product");
        };
    }

    private static LinearMap matMul(Node node) {
        Value left = node.inputs().get(0);
        Value right = node.inputs().get(1);
        if (right.isConstant() && right.shape().rank() == 2) {
            int inner = right.shape().dim(0);
            int columns = right.shape().dim(1);
            int tokens = Math.toIntExact(left.shape().frameElements() / inner);
            return repeated(new DenseMap(columns, inner, transposed(right.floats(), inner, columns, 1)), tokens);
        }
        if (left.isConstant() && left.shape().rank() == 2 && right.shape().rank() >= 2) {
            int inner = right.shape().dim(-2);
            int columns = right.shape().dim(-1);
            int stack = Math.toIntExact(right.shape().frameElements() / ((long) inner * columns));
            return repeated(spread(left.floats(), left.shape().dim(0), inner, columns), stack);
        }
        throw new RefusedNetworkException(NetworkImport.place(node) + " multiplies " + left + " by " + right
                + "; one of them must be a constant matrix");
    }

    /** W ⊗ I: each column of an [inner, columns] matrix by itself. */
    private static LinearMap spread(float[] weights, int rows, int inner, int columns) {
        int[] starts = new int[rows * columns + 1];
        int[] places = new int[Math.multiplyExact(rows * columns, inner)];
        double[] elements = new double[places.length];
        for (int at = 0; at < places.length; at++) {
            int k = at % inner;
            int row = at / inner / columns;
            places[at] = k * columns + at / inner % columns;
            elements[at] = weights[row * inner + k];
        }
        Arrays.setAll(starts, row -> row * inner);
        return new SparseMap(inner * columns, starts, places, elements);
    }

    private static LinearMap gemm(Node node) {
        Attributes attributes = node.attributes();
        Value left = node.inputs().get(0);
        Value right = node.inputs().get(1);
        if (left.isConstant() || !right.isConstant() || attributes.integer("transA", 0) != 0) {
            throw new RefusedNetworkException(NetworkImport.place(node) + " has a computed matrix on the right or a"
                    + " transposed one on the left; the left one must be computed, and not transposed");
        }
        int rows = right.shape().dim(0);
        int columns = right.shape().dim(1);
        double alpha = attributes.real("alpha", 1);
        return attributes.integer("transB", 0) != 0
                ? new DenseMap(rows, columns, scaled(right.floats(), alpha))
                : new DenseMap(columns, rows, transposed(right.floats(), rows, columns, alpha));
    }

    /** Products of two float32 numbers are float64 numbers. */
    private static double[] scaled(float[] values, double factor) {
        double[] result = new double[values.length];
        for (int at = 0; at < result.length; at++) {
            result[at] = factor * values[at];
        }
        return result;
    }

    private static double[] transposed(float[] values, int rows, int columns, double factor) {
        double[] result = new double[values.length];
        for (int at = 0; at < result.length; at++) {
            result[at % columns * rows + at / columns] = factor * values[at];
        }
        return result;
    }

    private static LinearMap repeated(LinearMap map, int count) {
        return count == 1 ? map : new RepeatedMap(map, count);
    }

    private static LinearMap convolution(Node node) {
        Shape x = node.inputs().get(0).shape();
        Shape y = node.output().shape();
        Value weights = node.inputs().get(1);
        boolean backwards = node.operator() == Operator.CONV_TRANSPOSE;
        Shape before = backwards ? y : x;
        Shape behind = backwards ? x : y;
        int group = (int) node.attributes().integer("group", 1);
        ConvolutionMap.Axis[] axes = {x.rank() == 3 ? new ConvolutionMap.Axis(1, 1, 1, 1, 1, 0)
            : axis(node, before, behind, 0), axis(node, before, behind, x.rank() - 3)};
        return new ConvolutionMap(new int[] {before.dim(1), behind.dim(1), group}, axes,
                scaled(weights.floats(), 1), backwards);
    }

    /** Winograd's way where a device may take it, which is for 3×3 of stride 1; else null. */
    static TransformRounding detour(Node node) {
        if (!isThreeByThree(node)) {
            return null;
        }
        Shape x = node.inputs().get(0).shape();
        Shape y = node.output().shape();
        int group = (int) node.attributes().integer("group", 1);
        WinogradMajorant majorant = new WinogradMajorant(new int[] {x.dim(1), y.dim(1), group},
                new ConvolutionMap.Axis[] {axis(node, x, y, 0), axis(node, x, y, 1)},
                scaled(node.inputs().get(1).floats(), 1));
        // As for plain sums, with room for what an engine folds into them.
        return new TransformRounding(majorant, majorant.operations() + 8);
    }

    /** Whether the node is a convolution that devices may compute by a transform. */
    private static boolean isThreeByThree(Node node) {
        if (node.operator() != Operator.CONV || node.inputs().get(1).shape().rank() != 4) {
            return false;
        }
        int[] weights = node.inputs().get(1).shape().toArray();
        long[] strides = node.attributes().integers("strides");
        long[] dilations = node.attributes().integers("dilations");
        return weights[2] == 3 && weights[3] == 3 && strides[0] == 1 && strides[1] == 1 && dilations[0] == 1
                && dilations[1] == 1;
    }

    private static ConvolutionMap.Axis axis(Node node, Shape before, Shape behind, int spatial) {
        Attributes attributes = node.attributes();
        return new ConvolutionMap.Axis(before.dim(spatial + 2), behind.dim(spatial + 2),
                node.inputs().get(1).shape().dim(spatial + 2), (int) attributes.integers("strides")[spatial],
                (int) attributes.integers("dilations")[spatial], (int) attributes.integers("pads")[spatial]);
    }

    private static LinearMap reduction(Node node) {
        Shape from = node.inputs().get(0).shape();
        int[] kept = from.toArray();
        for (long axis : node.attributes().integers("axes")) {
            kept[(int) axis] = 1;
        }
        int[] targets = Broadcasting.sources(Shape.of(kept), from);
        int rows = Math.toIntExact(Shape.of(kept).frameElements());
        int count = targets.length / rows;
        int[] starts = new int[rows + 1];
        Arrays.setAll(starts, row -> row * count);
        int[] filled = starts.clone();
        int[] places = new int[targets.length];
        for (int at = 0; at < targets.length; at++) {
            places[filled[targets[at]]++] = at;
        }
        double[] elements = new double[targets.length];
        Arrays.fill(elements, node.operator() == Operator.REDUCE_MEAN ? 1.0 / count : 1);
        return new SparseMap(targets.length, starts, places, elements);
    }
}
