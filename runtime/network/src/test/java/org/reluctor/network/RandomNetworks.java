package org.reluctor.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Networks of all operators in random order, and measurements, from a seed. */
final class RandomNetworks {
    private final NetworkBuilder builder;
    private final SplitMix64 random;
    private int constants;

    private RandomNetworks(long seed) {
        builder = new NetworkBuilder("random-" + seed);
        random = new SplitMix64(seed);
    }

    static RecoveryNetwork network(long seed) {
        return new RandomNetworks(seed).network();
    }

    /** Multiples of 1/8 between -8 and 8. */
    static double[] measurements(long seed, int count) {
        SplitMix64 random = new SplitMix64(~seed);
        double[] y = new double[count];
        for (int at = 0; at < count; at++) {
            y[at] = (random.bounded(129) - 64) / 8.0;
        }
        return y;
    }

    private RecoveryNetwork network() {
        int m = 1 + (int) random.bounded(6);
        int n = 2 + (int) random.bounded(12);
        List<Value> values = new ArrayList<>();
        values.add(builder.matMul(builder.input("y", m), constant(m, n)));
        for (int at = 0; at < 12; at++) {
            Value one = values.get((int) random.bounded(values.size()));
            Value other = values.get((int) random.bounded(values.size()));
            values.add(step((int) random.bounded(26), one, other, n));
        }
        MeasurementMatrix matrix = MeasurementMatrix.rademacher(m, n, random.next());
        builder.output(values.get(values.size() - 1), "signal");
        if (random.bounded(2) == 0) {
            builder.output(values.get(values.size() - 2), RecoveryNetwork.ESTIMATE);
        }
        return builder.build(null, random.bounded(2) == 0 ? matrix : null);
    }

    private Value step(int kind, Value one, Value other, int n) {
        return switch (kind) {
            case 0 -> builder.add(one, other);
            case 1 -> builder.sub(one, constant(n));
            case 2 -> builder.mul(constant(1, 1), one);
            case 3 -> builder.div(one, builder.add(builder.abs(other), builder.abs(constant(1))));
            case 4 -> builder.neg(one);
            case 5 -> builder.relu(one);
            case 6 -> builder.sign(one);
            case 7 -> builder.abs(one);
            case 8 -> builder.matMul(one, constant(n, n));
            case 9 -> builder.apply(Operator.GEMM, new Attributes(Map.of("alpha", 0.5f, "beta", -2f, "transB", 1L)),
                    one, constant(n, n), other);
            case 10 -> builder.flatten(builder.matMul(constant(n, n), builder.reshape(one, 0, n, 1)));
            case 11 -> builder.flatten(builder.mul(builder.reshape(one, 0, 1, n), builder.reshape(other, -1, 1, n)));
            case 12 -> builder.apply(Operator.IDENTITY, Attributes.NONE, one);
            case 13 -> builder.max(one, other, constant(n));
            case 14 -> builder.clip(builder.min(one, other), -2, 3);
            case 15 -> builder.leakyRelu(builder.apply(Operator.PRELU, Attributes.NONE, one, constant(n)), 0.5f);
            case 16 -> builder.tanh(builder.sigmoid(one));
            case 17 -> builder.apply(Operator.POW, Attributes.NONE, one, builder.constant("p" + constants++,
                    new float[] {2}));
            case 18 -> builder.sqrt(builder.add(builder.reduceSum(builder.mul(one, one), 1), other));
            case 19 -> builder.concat(1, builder.slice(one, 1, n / 2, n),
                    builder.split(other, 1, n / 2, n - n / 2).get(0));
            default -> builder.slice(image(kind, builder.reshape(one, 0, 1, 1, n)), 1, 0, n);
        };
    }

    /** Steps that need a plane, from [B, 1, 1, n] to [B, n] or more. */
    private Value image(int kind, Value plane) {
        return builder.reshape(switch (kind) {
            case 20 -> builder.conv(plane, constant(1, 1, 1, 3), constant(1), new Attributes(Map.of("pads",
                    new long[] {0, 1, 0, 1})));
            case 21 -> builder.convTranspose(plane, constant(1, 1, 1, 2), null, new Attributes(Map.of("pads",
                    new long[] {0, 1, 0, 0})));
            case 22 -> builder.reduceMean(builder.pixelShuffle(builder.transpose(
                    builder.concat(1, plane, plane, plane, plane), 0, 1, 3, 2), 2), 3);
            case 23 -> builder.slice(builder.apply(Operator.PAD, new Attributes(Map.of("mode", "edge", "pads",
                    new long[] {0, 0, 0, 1, 0, 0, 0, 1})), plane), 3, 2, Long.MAX_VALUE);
            case 24 -> builder.apply(Operator.BATCH_NORMALIZATION, Attributes.NONE, plane, constant(1), constant(1),
                    constant(1), builder.abs(constant(1)));
            default -> builder.apply(Operator.SQUEEZE, new Attributes(Map.of("axes", new long[] {1})),
                    builder.apply(Operator.EXPAND, new Attributes(Map.of("shape", new long[] {1, 1, 1})), plane));
        }, 0, -1);
    }

    private Value constant(int... dims) {
        float[] data = new float[(int) Shape.of(dims).frameElements()];
        for (int at = 0; at < data.length; at++) {
            data[at] = (random.bounded(33) - 16) / 16f + 0.03125f;
        }
        return builder.constant("c" + constants++, data, dims);
    }
}
