package org.reluctor.app.selftest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.reluctor.network.Attributes;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.Operator;
import org.reluctor.network.Value;

/** Operators that only bring elements to other places, with shapes and attributes drawn. */
final class MovementCases {
    private final NetworkBuilder builder;
    private final Random random;

    MovementCases(NetworkBuilder builder, Random random) {
        this.builder = builder;
        this.random = random;
    }

    void build(Operator operator) {
        switch (operator) {
            case CONCAT -> concat();
            case DEPTH_TO_SPACE, SPACE_TO_DEPTH -> blocks(operator);
            case EXPAND -> expand();
            case FLATTEN -> output(operator, Attributes.NONE, input());
            case PAD -> pad();
            case RESHAPE -> reshape();
            case SLICE -> slice();
            case SPLIT -> split();
            case SQUEEZE, UNSQUEEZE -> ones(operator);
            case TRANSPOSE -> transpose();
            default -> throw new IllegalArgumentException("no cases for " + operator);
        }
    }

    private void output(Operator operator, Attributes attributes, Value... inputs) {
        builder.output(builder.apply(operator, attributes, inputs), "x");
    }

    private int upTo(int most) {
        return 1 + random.nextInt(most);
    }

    private Value input(int... dims) {
        int[] drawn = IntStream.range(0, upTo(4)).map(axis -> upTo(6)).toArray();
        return builder.input("y", dims.length == 0 ? drawn : dims);
    }

    /** An axis behind the batch, from the front or from the end. */
    private int axis(Value x) {
        int axis = 1 + random.nextInt(x.shape().rank() - 1);
        return random.nextBoolean() ? axis : axis - x.shape().rank();
    }

    private void concat() {
        Value x = input();
        int axis = axis(x);
        Value[] inputs = new Value[upTo(4)];
        for (int at = 0; at < inputs.length; at++) {
            inputs[at] = random.nextBoolean() ? builder.neg(x) : builder.slice(x, axis, 0, 1);
        }
        inputs[random.nextInt(inputs.length)] = x;
        builder.output(builder.concat(axis, inputs), "x");
    }

    private void blocks(Operator operator) {
        int block = upTo(3);
        if (operator == Operator.SPACE_TO_DEPTH) {
            output(operator, OperatorCases.attributes("blocksize", (long) block),
                    input(upTo(4), block * upTo(4), block * upTo(4)));
            return;
        }
        output(operator, OperatorCases.attributes("blocksize", (long) block, "mode",
                random.nextBoolean() ? "CRD" : "DCR"), input(block * block * upTo(4), upTo(5), upTo(5)));
    }

    private void expand() {
        int[] dims = IntStream.range(0, upTo(3)).map(axis -> random.nextBoolean() ? 1 : upTo(5)).toArray();
        Value x = input(dims);
        long[] shape = new long[random.nextInt(dims.length + 1) + 1];
        for (int at = 1; at <= shape.length; at++) {
            int own = at <= dims.length ? dims[dims.length - at] : 1;
            shape[shape.length - at] = at > dims.length || own > 1 && random.nextBoolean() ? 1
                    : own > 1 ? own : upTo(4);
        }
        output(Operator.EXPAND, OperatorCases.attributes("shape", shape), x);
    }

    private void pad() {
        Value x = input();
        int rank = x.shape().rank();
        String mode = List.of("constant", "reflect", "edge").get(random.nextInt(3));
        long[] pads = new long[2 * rank];
        for (int axis = 1; axis < rank; axis++) {
            int most = mode.equals("reflect") ? x.shape().dim(axis) - 1 : 4;
            pads[axis] = random.nextInt(most + 1);
            pads[axis + rank] = random.nextInt(most + 1);
            if (mode.equals("constant") && x.shape().dim(axis) > 1 && random.nextInt(4) == 0) {
                pads[axis] = -1;
            }
        }
        Attributes attributes = mode.equals("constant")
                ? OperatorCases.attributes("mode", mode, "pads", pads, "value", (float) random.nextGaussian())
                : OperatorCases.attributes("mode", mode, "pads", pads);
        output(Operator.PAD, attributes, x);
    }

    private void reshape() {
        int a = upTo(4);
        int b = upTo(4);
        int c = upTo(4);
        Value x = input(a * b, c);
        switch (random.nextInt(4)) {
            case 0 -> builder.output(builder.reshape(x, 0, -1), "x");
            case 1 -> builder.output(builder.reshape(x, -1, a, b, c), "x");
            case 2 -> builder.output(builder.reshape(x, 0, 0, 1, c), "x");
            default -> builder.output(builder.reshape(x, 0, c, b, -1), "x");
        }
    }

    private void slice() {
        Value x = input();
        int rank = x.shape().rank();
        int count = upTo(rank - 1);
        long[] axes = random.ints(1, rank).distinct().limit(count).asLongStream().toArray();
        long[] starts = new long[count];
        long[] ends = new long[count];
        long[] steps = new long[count];
        for (int at = 0; at < count; at++) {
            int size = x.shape().dim((int) axes[at]);
            int one = random.nextInt(size);
            int other = random.nextInt(size);
            boolean back = random.nextInt(3) == 0;
            starts[at] = back ? Math.max(one, other) : Math.min(one, other) - (random.nextBoolean() ? 0 : size);
            ends[at] = back ? Math.min(one, other) - size - 1L
                    : random.nextBoolean() ? Long.MAX_VALUE : Math.max(one, other) + 1;
            steps[at] = upTo(3) * (back ? -1 : 1);
            axes[at] -= random.nextBoolean() ? 0 : rank;
        }
        output(Operator.SLICE, OperatorCases.attributes("axes", axes, "starts", starts, "ends", ends, "steps", steps),
                x);
    }

    private void split() {
        int parts = upTo(4);
        int each = upTo(3);
        int last = random.nextBoolean() ? each : upTo(5);
        int axis = upTo(3);
        int[] dims = {upTo(4), upTo(4), upTo(4)};
        dims[axis - 1] = each * (parts - 1) + last;
        long[] sizes = new long[parts];
        Arrays.fill(sizes, each);
        sizes[parts - 1] = last;
        List<Value> outputs = builder.split(input(dims), random.nextBoolean() ? axis : axis - 4, sizes);
        for (int output = 0; output < parts; output++) {
            builder.output(outputs.get(output), "x" + output);
        }
    }

    private void ones(Operator operator) {
        int[] dims = IntStream.range(0, upTo(4)).map(axis -> axis == 0 || random.nextBoolean() ? 1 : upTo(4))
                .toArray();
        Value x = input(dims);
        if (operator == Operator.UNSQUEEZE) {
            output(operator, OperatorCases.attributes("axes", random.nextBoolean() ? new long[] {1, -1}
                    : new long[] {upTo(dims.length + 1)}), x);
            return;
        }
        long[] axes = IntStream.rangeClosed(1, dims.length).filter(axis -> dims[axis - 1] == 1 && axis < 3)
                .mapToLong(axis -> random.nextBoolean() ? axis : axis - dims.length - 1L).toArray();
        output(operator, OperatorCases.attributes("axes", axes), x);
    }

    private void transpose() {
        Value x = input();
        List<Integer> order = new ArrayList<>(IntStream.range(1, x.shape().rank()).boxed().toList());
        Collections.shuffle(order, random);
        order.add(0, 0);
        output(Operator.TRANSPOSE, OperatorCases.attributes("perm", order.stream().mapToLong(Integer::longValue)
                .toArray()), x);
    }
}
