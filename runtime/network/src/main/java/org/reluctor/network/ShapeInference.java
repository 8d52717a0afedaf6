package org.reluctor.network;

import java.util.Arrays;
import java.util.List;

/**
 * The shape of a node's output from its inputs, for every {@link Operator}. The reader and {@link NetworkBuilder}
 * share it, so a graph that was built is a graph that can be read. Every rule keeps the batch first and the frames
 * apart; what would mix them is refused.
 */
final class ShapeInference {
    private ShapeInference() {
    }

    /**
     * The outputs' shapes of a call that {@link OperatorSignature} has checked and {@link SettledForm} has settled.
     *
     * @throws IllegalArgumentException where the inputs do not fit, with their shapes
     */
    static List<Shape> infer(Call call) {
        return call.operator() == Operator.SPLIT ? SliceRule.split(call) : List.of(single(call));
    }

    private static Shape single(Call call) {
        Shape first = call.shape(0);
        return switch (call.operator()) {
            case ADD, DIV, EQUAL, MAX, MIN, MUL, POW, SUB, WHERE -> broadcast(call.inputs());
            case CONCAT -> SliceRule.joined(call);
            case CONSTANT_OF_SHAPE, GATHER, RANGE, SHAPE -> IntegerFolding.shape(call);
            case CONV, CONV_TRANSPOSE -> ConvolutionRule.shape(call);
            case DEPTH_TO_SPACE, SPACE_TO_DEPTH -> ArrangementRule.blocks(call);
            case EXPAND -> ArrangementRule.expanded(call);
            case FLATTEN -> ReshapeRule.flatten(first, call.attributes().integer("axis", 1));
            case GEMM -> gemm(call.inputs(), call.attributes());
            case MATMUL -> matMul(first, call.shape(1));
            case PAD -> ArrangementRule.padded(call);
            case PRELU -> slope(first, call.shape(1));
            case REDUCE_L2, REDUCE_MAX, REDUCE_MEAN, REDUCE_SUM -> ReductionRule.shape(call);
            case RESHAPE -> ReshapeRule.reshape(first, target(call.inputs().get(1)));
            case SLICE -> SliceRule.sliced(call);
            case SQUEEZE -> ArrangementRule.squeezed(call);
            case TRANSPOSE -> ArrangementRule.transposed(call);
            case UNSQUEEZE -> ArrangementRule.unsqueezed(call);
            default -> first;
        };
    }

    private static Shape broadcast(List<Value> inputs) {
        Shape shape = inputs.get(0).shape();
        for (Value input : inputs.subList(1, inputs.size())) {
            shape = Broadcasting.broadcast(shape, input.shape());
        }
        return shape;
    }

    private static Shape slope(Shape x, Shape slope) {
        if (slope.rank() > x.rank() || !Broadcasting.broadcast(x, slope).equals(x)) {
            throw new IllegalArgumentException("the slope " + slope + " does not stretch to the input's shape " + x);
        }
        return x;
    }

    /** The elements of a Reshape's second input. */
    static long[] target(Value value) {
        if (value.integers() == null || value.shape().rank() != 1) {
            throw new IllegalArgumentException("the target " + Quote.of(value.name())
                    + " must be a constant list of int64");
        }
        return value.integers();
    }

    private static Shape gemm(List<Value> inputs, Attributes attributes) {
        Shape a = inputs.get(0).shape();
        Shape b = inputs.get(1).shape();
        if (a.rank() != 2 || b.rank() != 2) {
            throw new IllegalArgumentException("A is " + a + " and B is " + b + "; both must have 2 dimensions");
        }
        boolean transposeA = attributes.integer("transA", 0) != 0;
        boolean transposeB = attributes.integer("transB", 0) != 0;
        if (b.hasBatch() || a.hasBatch() && transposeA) {
            throw new IllegalArgumentException("A " + a + " and B " + b + " would mix the frames of a batch; right is"
                    + " A with the batch first and not transposed, B constant");
        }
        int innerA = a.dim(transposeA ? 0 : 1);
        int innerB = b.dim(transposeB ? 1 : 0);
        if (innerA != innerB) {
            throw new IllegalArgumentException("A " + a + (transposeA ? " transposed" : "") + " and B " + b
                    + (transposeB ? " transposed" : "") + " do not fit: " + innerA + " against " + innerB);
        }
        Shape product = Shape.of(a.dim(transposeA ? 1 : 0), b.dim(transposeB ? 0 : 1));
        if (inputs.size() > 2) {
            checkStretches(inputs.get(2).shape(), product);
        }
        return product;
    }

    private static void checkStretches(Shape c, Shape product) {
        if (c.rank() > 2 || !Broadcasting.broadcast(c, product).equals(product)) {
            throw new IllegalArgumentException("C " + c + " does not stretch to the product's shape " + product);
        }
    }

    private static Shape matMul(Shape left, Shape right) {
        if (left.rank() == 0 || right.rank() == 0) {
            throw new IllegalArgumentException("the operands are " + left + " and " + right
                    + "; a matrix product takes no scalar, use Mul");
        }
        int[] a = left.rank() == 1 ? new int[] {1, left.dim(0)} : left.toArray();
        int[] b = right.rank() == 1 ? new int[] {right.dim(0), 1} : right.toArray();
        int innerA = a[a.length - 1];
        int innerB = b[b.length - 2];
        if (innerA == Shape.BATCH || innerB == Shape.BATCH) {
            throw new IllegalArgumentException("the operands " + left + " and " + right
                    + " would mix the frames of a batch: the batch must not be summed over");
        }
        if (innerA != innerB) {
            throw new IllegalArgumentException("the operands " + left + " and " + right + " do not fit: " + innerA
                    + " against " + innerB);
        }
        return product(left, right, a, b);
    }

    private static Shape product(Shape left, Shape right, int[] a, int[] b) {
        Shape stack = Broadcasting.broadcast(stack(a), stack(b));
        int rank = stack.rank();
        int[] dims = Arrays.copyOf(stack.toArray(), rank + 2);
        int length = rank;
        if (left.rank() > 1) {
            dims[length++] = a[a.length - 2];
        }
        if (right.rank() > 1) {
            dims[length++] = b[b.length - 1];
        }
        for (int axis = 1; axis < length; axis++) {
            if (dims[axis] == Shape.BATCH) {
                throw new IllegalArgumentException("the operands " + left + " and " + right
                        + " would bring the batch behind the first dimension; it must stay first");
            }
        }
        return Shape.of(Arrays.copyOf(dims, length));
    }

    private static Shape stack(int[] dims) {
        return Shape.of(Arrays.copyOf(dims, dims.length - 2));
    }
}
