package org.reluctor.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The operators of image and convolution networks against values computed by hand. */
class ImageOperatorsTest {
    private static final double NAN = Double.NaN;
    private static final double INF = Double.POSITIVE_INFINITY;

    private final NetworkBuilder builder = new NetworkBuilder("test");

    private double[] run(Value output, int batch, double... y) {
        builder.output(output, "x");
        RecoveryNetwork network = builder.build();
        OnnxRoundTripTest.assertSame(network, OnnxReader.read(OnnxWriter.encode(network), "again"));
        return new ReferenceExecutor(network).run(y, batch).get(0);
    }

    private static Attributes attributes(String name, Object value) {
        return new Attributes(Map.of(name, value));
    }

    @Test
    void conv_lineWithPadsAndStride_isTheSumOfProducts() {
        Value y = builder.input("y", 1, 4);
        Value w = builder.constant("w", new float[] {1, 10, 100}, 1, 1, 3);
        Value bias = builder.constant("b", new float[] {0.5f}, 1);
        Attributes attributes = new Attributes(Map.of("pads", new long[] {1, 1}, "strides", new long[] {2}));
        assertArrayEquals(new double[] {210.5, 432.5, 650.5, 876.5},
                run(builder.conv(y, w, bias, attributes), 2, 1, 2, 3, 4, 5, 6, 7, 8));
    }

    @Test
    void conv_groupsAndDilation_stayApart() {
        Value y = builder.input("y", 2, 1, 3);
        Value w = builder.constant("w", new float[] {1, 10, 2, 3}, 2, 1, 1, 2);
        Attributes attributes = new Attributes(Map.of("group", 2L, "dilations", new long[] {1, 2}));
        assertArrayEquals(new double[] {31, 26}, run(builder.conv(y, w, null, attributes), 1, 1, 2, 3, 4, 5, 6));
    }

    @Test
    void convTranspose_strideAndPadding_spreadsWhatConvGathers() {
        Value y = builder.input("y", 1, 2);
        Value w = builder.constant("w", new float[] {1, 10, 100}, 1, 1, 3);
        Attributes attributes = new Attributes(Map.of("strides", new long[] {2}, "pads", new long[] {1, 0},
                "output_padding", new long[] {1}));
        assertArrayEquals(new double[] {10, 102, 20, 200, 0}, run(builder.convTranspose(y, w, null, attributes), 1,
                1, 2));
    }

    @Test
    void convTranspose_outputShape_becomesPads() {
        Value y = builder.input("y", 1, 2);
        Value w = builder.constant("w", new float[] {1, 10, 100}, 1, 1, 3);
        Value x = builder.convTranspose(y, w, null, attributes("output_shape", new long[] {3}));
        assertArrayEquals(new double[] {12, 120, 200}, run(x, 1, 1, 2));
        assertThrows(IllegalArgumentException.class,
                () -> builder.convTranspose(y, w, null, attributes("output_shape", new long[] {9})));
    }

    @Test
    void depthToSpace_bothOrders_differInTheChannel() {
        Value y = builder.input("y", 8, 1, 1);
        Value crd = builder.pixelShuffle(y, 2);
        Value dcr = builder.apply(Operator.DEPTH_TO_SPACE, attributes("blocksize", 2L), y);
        assertArrayEquals(new double[] {0, 1, 2, 3, 4, 5, 6, 7, 0, 2, 4, 6, 1, 3, 5, 7},
                run(builder.concat(1, crd, dcr), 1, 0, 1, 2, 3, 4, 5, 6, 7));
    }

    @Test
    void spaceToDepth_ofDepthToSpace_isTheSame() {
        Value y = builder.input("y", 4, 1, 2);
        Value there = builder.apply(Operator.DEPTH_TO_SPACE, attributes("blocksize", 2L), y);
        assertEquals("[B, 1, 2, 4]", there.shape().toString());
        assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6, 7, 8},
                run(builder.apply(Operator.SPACE_TO_DEPTH, attributes("blocksize", 2L), there), 1, 1, 2, 3, 4, 5, 6, 7,
                        8));
    }

    @Test
    void pad_allModes_followTheirRule() {
        Value y = builder.input("y", 3);
        long[] pads = {0, 2, 0, 1};
        Value constant = builder.apply(Operator.PAD, new Attributes(Map.of("pads", pads, "value", 9f)), y);
        Value reflect = builder.apply(Operator.PAD, new Attributes(Map.of("pads", pads, "mode", "reflect")), y);
        Value edge = builder.apply(Operator.PAD, new Attributes(Map.of("pads", pads, "mode", "edge")), y);
        Value cut = builder.apply(Operator.PAD, attributes("pads", new long[] {0, -1, 0, 1}), y);
        assertArrayEquals(new double[] {9, 9, 1, 2, 3, 9, 3, 2, 1, 2, 3, 2, 1, 1, 1, 2, 3, 3, 2, 3, 0},
                run(builder.concat(1, constant, reflect, edge, cut), 1, 1, 2, 3));
        assertThrows(IllegalArgumentException.class, () -> builder.apply(Operator.PAD,
                new Attributes(Map.of("pads", new long[] {0, 3, 0, 0}, "mode", "reflect")), y));
    }

    @Test
    void transposeSliceExpand_moveElements() {
        Value y = builder.input("y", 2, 3);
        Value turned = builder.transpose(y, 0, 2, 1);
        Value part = builder.slice(turned, -1, -1, Long.MAX_VALUE);
        Value wide = builder.apply(Operator.EXPAND, attributes("shape", new long[] {1, 1, 2}), part);
        assertEquals("[B, 3, 2]", wide.shape().toString());
        assertArrayEquals(new double[] {4, 4, 5, 5, 6, 6}, run(wide, 1, 1, 2, 3, 4, 5, 6));
        assertThrows(IllegalArgumentException.class, () -> builder.transpose(y, 1, 0, 2));
    }

    @Test
    void squeezeAndUnsqueeze_leaveTheElements() {
        Value y = builder.input("y", 1, 2);
        Value flat = builder.apply(Operator.SQUEEZE, attributes("axes", new long[] {1}), y);
        Value deep = builder.apply(Operator.UNSQUEEZE, attributes("axes", new long[] {-1, 1}), flat);
        assertEquals("[B, 1, 2, 1]", deep.shape().toString());
        assertArrayEquals(new double[] {7, 8}, run(deep, 1, 7, 8));
        assertThrows(IllegalArgumentException.class,
                () -> builder.apply(Operator.UNSQUEEZE, attributes("axes", new long[] {0}), y));
        assertThrows(IllegalArgumentException.class,
                () -> builder.apply(Operator.SQUEEZE, attributes("axes", new long[] {2}), y));
    }

    @Test
    void reductions_overTheLastTwo_areTheirFormulas() {
        Value y = builder.input("y", 2, 2);
        Attributes attributes = new Attributes(Map.of("axes", new long[] {1, 2}, "keepdims", 0L));
        Value[] all = {builder.apply(Operator.REDUCE_SUM, attributes, y),
            builder.apply(Operator.REDUCE_MEAN, attributes, y), builder.apply(Operator.REDUCE_MAX, attributes, y),
            builder.apply(Operator.REDUCE_L2, attributes, y)};
        for (int at = 0; at < all.length; at++) {
            all[at] = builder.reshape(all[at], 0, 1);
        }
        assertArrayEquals(new double[] {2, 0.5, 5, Math.sqrt(1 + 4 + 4 + 25), NAN, NAN, NAN, NAN},
                run(builder.concat(1, all), 2, 5, -2, -2, 1, 0, NAN, -INF, 1));
    }

    @Test
    void maxMinClip_notANumber_passes() {
        Value y = builder.input("y", 4);
        Value c = builder.constant("c", new float[] {0, Float.NaN, 0, 0}, 4);
        Value[] all = {builder.max(y, c), builder.min(c, y, y), builder.clip(y, -1, 1)};
        assertArrayEquals(new double[] {3, NAN, NAN, 0, 0, NAN, NAN, -INF, 1, 1, NAN, -1},
                run(builder.concat(1, all), 1, 3, 2, NAN, -INF));
        assertThrows(IllegalArgumentException.class, () -> builder.max());
    }

    @Test
    void clip_crossedBoundsAndNone_followOnnx() {
        Value y = builder.input("y", 2);
        Value open = builder.apply(Operator.CLIP, Attributes.NONE, y);
        assertArrayEquals(new double[] {-1, -1, Float.MAX_VALUE, -5},
                run(builder.concat(1, builder.clip(y, 1, -1), open), 1, INF, -5));
    }

    @Test
    void activations_oddNumbers_goByIeee() {
        Value y = builder.input("y", 4);
        Value slope = builder.constant("s", new float[] {0.5f}, 1);
        Value[] all = {builder.leakyRelu(y, 0.25f), builder.apply(Operator.PRELU, Attributes.NONE, y, slope),
            builder.sigmoid(y), builder.tanh(y), builder.sqrt(y)};
        assertArrayEquals(new double[] {INF, -INF, NAN, -0.0, INF, -INF, NAN, -0.0, 1, 0, NAN, 0.5, 1, -1, NAN, -0.0,
            INF, NAN, NAN, -0.0}, run(builder.concat(1, all), 1, INF, -INF, NAN, -0.0));
    }

    @Test
    void pow_onesAndInfinities_followC() {
        Value y = builder.input("y", 4);
        Value p = builder.constant("p", new float[] {Float.NaN, Float.POSITIVE_INFINITY, 0, 2}, 4);
        assertArrayEquals(new double[] {1, 1, 1, 9},
                run(builder.apply(Operator.POW, Attributes.NONE, y, p), 1, 1, -1, NAN, -3));
    }

    @Test
    void batchNormalization_eachChannel_hasItsOwn() {
        Value y = builder.input("y", 2, 1);
        Value x = builder.apply(Operator.BATCH_NORMALIZATION, attributes("epsilon", 1f), y,
                builder.constant("scale", new float[] {2, 3}, 2), builder.constant("shift", new float[] {10, 20}, 2),
                builder.constant("mean", new float[] {1, 2}, 2), builder.constant("variance", new float[] {3, 8}, 2));
        assertArrayEquals(new double[] {(5 - 1) / 2.0 * 2 + 10, (8 - 2) / 3.0 * 3 + 20}, run(x, 1, 5, 8), 1e-12);
        assertThrows(IllegalArgumentException.class, () -> builder.apply(Operator.BATCH_NORMALIZATION,
                attributes("training_mode", 1L), y, x, x, x, x));
    }

    /** A learned threshold below 0: the formula jumps at 0, and must, for it is not a soft threshold then. */
    @Test
    void softThreshold_negative_jumpsAtZero() {
        Value y = builder.input("y", 4);
        Value t = builder.constant("t", new float[] {-0.5f});
        Value x = builder.mul(builder.sign(y), builder.relu(builder.sub(builder.abs(y), t)));
        assertArrayEquals(new double[] {1.5, -0.75, 0, 0.625}, run(x, 1, 1, -0.25, 0, 0.125));
    }

    @Test
    void split_unevenPartsOfWhichOneIsUnused_isKeptWhole() {
        Value y = builder.input("y", 5);
        Value second = builder.split(y, -1, 2, 3).get(1);
        assertArrayEquals(new double[] {3, 4, 5}, run(builder.relu(second), 1, 1, 2, 3, 4, 5));
    }

    @Test
    void sources_ofAPadding_sayWhereElementsComeFrom() {
        Value y = builder.input("y", 2);
        builder.output(builder.apply(Operator.PAD, attributes("pads", new long[] {0, 1, 0, 1}), y), "x");
        Node node = builder.build().nodes().get(0);
        assertArrayEquals(new int[] {Movement.NOWHERE, 0, 1, Movement.NOWHERE}, Movement.sources(node, 0));
        builder.output(builder.relu(y), "z");
        Node relu = builder.build().nodes().get(1);
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Movement.sources(relu, 0)).getMessage()
                .contains("does more than to move"));
    }
}
