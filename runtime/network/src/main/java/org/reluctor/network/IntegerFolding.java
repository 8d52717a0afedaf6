package org.reluctor.network;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.List;
import java.util.function.LongBinaryOperator;

/**
 * What exporters write to compute shapes: Shape, Gather, Concat, a little arithmetic, and at last the target of a
 * Reshape or the pads of a Pad. All of it is known when a network is read, but for the number of frames: {@link #BATCH}
 * stands in its place. It may be moved about, compared with what no dimension can be, and multiplied by one; whatever
 * else would be computed from it is refused, since no frame may depend on how many there are.
 */
final class IntegerFolding {
    /** Stands for the number of frames among integers; an odd number far from any that exporters write. */
    static final long BATCH = 0x8BA7C40000B10C5DL;
    static final long FLOAT32 = DataType.FLOAT_VALUE;
    private static final long MOST_IN_RANGE = 1 << 20;

    private IntegerFolding() {
    }

    /** Whether an ONNX element type is kept as integers here: int64, int32 and bool. */
    static boolean isInteger(long type) {
        return type == DataType.INT64_VALUE || type == DataType.INT32_VALUE || type == DataType.BOOL_VALUE;
    }

    /** The output's shape of ConstantOfShape, Gather, Range and Shape. */
    static Shape shape(Call call) {
        return switch (call.operator()) {
            case CONSTANT_OF_SHAPE -> Shape.of(filledDims(call));
            case GATHER -> gathered(call);
            case RANGE -> Shape.of((int) rangeLength(call));
            case SHAPE -> Shape.of(dimensions(call).length);
            default -> throw new IllegalArgumentException(call.operator().onnxName() + " computes no shape");
        };
    }

    /** A constant that is stretched over the frames is held once: it stretches again wherever it is used. */
    private static int[] filledDims(Call call) {
        long[] wanted = call.inputs().get(0).integers();
        if (call.shape(0).rank() != 1 || wanted.length > 16) {
            throw new IllegalArgumentException("the shape is given as " + call.inputs().get(0)
                    + "; a list of at most 16 dimensions is right");
        }
        int[] dims = new int[wanted.length];
        for (int axis = 0; axis < dims.length; axis++) {
            long dim = wanted[axis] == BATCH && axis == 0 ? 1 : wanted[axis];
            if (dim < 0 || dim > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("dimension " + axis + " is to be " + text(dim)
                        + "; a number of 0 and more is right");
            }
            dims[axis] = (int) dim;
        }
        return dims;
    }

    private static Shape gathered(Call call) {
        Shape x = call.shape(0);
        Shape indices = call.shape(1);
        int axis = Axes.place("axis", call.attributes().integer("axis", 0), x);
        int[] dims = new int[x.rank() - 1 + indices.rank()];
        for (int at = 0; at < dims.length; at++) {
            boolean fromIndices = at >= axis && at < axis + indices.rank();
            dims[at] = fromIndices ? indices.dim(at - axis) : x.dim(at < axis ? at : at - indices.rank() + 1);
        }
        return Shape.of(dims);
    }

    private static long rangeLength(Call call) {
        long start = scalar(call, 0);
        long limit = scalar(call, 1);
        long step = scalar(call, 2);
        if (step == 0 || Math.abs((double) limit - start) > MOST_IN_RANGE) {
            throw new IllegalArgumentException("counts from " + start + " to " + limit + " by " + step
                    + "; a step other than 0 and at most " + MOST_IN_RANGE + " numbers are right");
        }
        return Math.max(0, Math.floorDiv(limit - start - Long.signum(step), step) + 1);
    }

    private static long scalar(Call call, int input) {
        long[] integers = call.inputs().get(input).integers();
        if (integers.length != 1) {
            throw new IllegalArgumentException("input " + call.inputs().get(input) + " must be one number");
        }
        return number(integers[0]);
    }

    /** The dimensions that a Shape gives, the batch as {@link #BATCH}. */
    private static long[] dimensions(Call call) {
        int[] dims = call.shape(0).toArray();
        int start = bound(call.attributes().integer("start", 0), dims.length);
        int end = Math.max(start, bound(call.attributes().integer("end", dims.length), dims.length));
        long[] result = new long[end - start];
        for (int at = 0; at < result.length; at++) {
            result[at] = dims[start + at] == Shape.BATCH ? BATCH : dims[start + at];
        }
        return result;
    }

    private static int bound(long given, int rank) {
        return (int) Math.max(0, Math.min(rank, given < 0 ? given + rank : given));
    }

    /** The elements of a call's only output, of which {@code shape} is the shape. */
    static long[] compute(Call call, Shape shape) {
        List<Value> inputs = call.inputs();
        return switch (call.operator()) {
            case SHAPE -> dimensions(call);
            case RANGE -> range(scalar(call, 0), scalar(call, 2), (int) shape.frameElements());
            case ABS -> pairs(call, shape, 0, 0, (a, b) -> Math.abs(number(a)));
            case NEG -> pairs(call, shape, 0, 0, (a, b) -> Math.negateExact(number(a)));
            case ADD -> pairs(call, shape, 0, 1, (a, b) -> a == 0 ? b : b == 0 ? a
                    : Math.addExact(number(a), number(b)));
            case SUB -> pairs(call, shape, 0, 1, (a, b) -> b == 0 ? a : Math.subtractExact(number(a), number(b)));
            case MUL -> pairs(call, shape, 0, 1, (a, b) -> a == 1 ? b : b == 1 ? a
                    : Math.multiplyExact(number(a), number(b)));
            case DIV -> pairs(call, shape, 0, 1, (a, b) -> b == 1 ? a : number(a) / number(b));
            case EQUAL -> pairs(call, shape, 0, 1, IntegerFolding::equal);
            case MAX -> all(call, shape, (a, b) -> Math.max(number(a), number(b)));
            case MIN -> all(call, shape, (a, b) -> Math.min(number(a), number(b)));
            case WHERE -> where(inputs, shape);
            default -> throw new IllegalArgumentException("takes float32; its inputs hold integers");
        };
    }

    private static long[] range(long start, long step, int count) {
        long[] result = new long[count];
        for (int at = 0; at < count; at++) {
            result[at] = start + at * step;
        }
        return result;
    }

    /** A known number; what would be computed from the number of frames is refused. */
    /** An integer as another of these types; a number of frames stays one, and is true as a bool. */
    static long cast(long value, long to) {
        if (to == DataType.BOOL_VALUE) {
            return value != 0 ? 1 : 0;
        }
        return value == BATCH || to == DataType.INT64_VALUE ? value : Math.toIntExact(value);
    }

    /** A float as one of these types, towards zero; as a bool whatever is not zero is true, NaN too. */
    static long cast(float value, long to) {
        if (to == DataType.BOOL_VALUE) {
            return value != 0 ? 1 : 0;
        }
        if (!(Math.abs(value) < 0x1p63f)) {
            throw new ArithmeticException(value + " is no int64");
        }
        return cast((long) value, to);
    }

    static long number(long value) {
        if (value == BATCH) {
            throw new IllegalArgumentException("computes with the number of frames in a batch; the batch must stay a"
                    + " dimension of its own");
        }
        return value;
    }

    private static String text(long value) {
        return value == BATCH ? "the number of frames" : Long.toString(value);
    }

    private static long equal(long a, long b) {
        if (a == b) {
            return 1;
        }
        long other = a == BATCH ? b : a;
        boolean batch = a == BATCH || b == BATCH;
        // No batch is empty, so its size differs from 0 and from the -1 of an Expand whatever it is.
        return batch && other > 0 ? number(BATCH) : 0;
    }

    private static long[] pairs(Call call, Shape shape, int left, int right, LongBinaryOperator function) {
        return pairs(call.inputs().get(left).integers(), call.shape(left), call.inputs().get(right).integers(),
                call.shape(right), shape, function);
    }

    private static long[] pairs(long[] a, Shape shapeA, long[] b, Shape shapeB, Shape shape,
            LongBinaryOperator function) {
        int[] dims = shape.toArray();
        BroadcastWalk left = new BroadcastWalk(shapeA.toArray(), dims);
        BroadcastWalk right = new BroadcastWalk(shapeB.toArray(), dims);
        long[] result = new long[(int) shape.frameElements()];
        for (int at = 0; at < result.length; at++) {
            result[at] = function.applyAsLong(a[left.next()], b[right.next()]);
        }
        return result;
    }

    private static long[] all(Call call, Shape shape, LongBinaryOperator function) {
        long[] result = call.inputs().get(0).integers();
        Shape reached = call.shape(0);
        for (Value input : call.inputs()) {
            result = pairs(result, reached, input.integers(), input.shape(), shape, function);
            reached = shape;
        }
        return result;
    }

    private static long[] where(List<Value> inputs, Shape shape) {
        int[] dims = shape.toArray();
        BroadcastWalk condition = new BroadcastWalk(inputs.get(0).shape().toArray(), dims);
        BroadcastWalk yes = new BroadcastWalk(inputs.get(1).shape().toArray(), dims);
        BroadcastWalk no = new BroadcastWalk(inputs.get(2).shape().toArray(), dims);
        long[] result = new long[(int) shape.frameElements()];
        for (int at = 0; at < result.length; at++) {
            long chosen = inputs.get(1).integers()[yes.next()];
            long other = inputs.get(2).integers()[no.next()];
            result[at] = inputs.get(0).integers()[condition.next()] != 0 ? chosen : other;
        }
        return result;
    }
}
