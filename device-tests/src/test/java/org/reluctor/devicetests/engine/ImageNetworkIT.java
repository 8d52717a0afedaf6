package org.reluctor.devicetests.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reluctor.devicetests.Closeness;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.engine.Engine;
import org.reluctor.engine.lowering.LoweringException;
import org.reluctor.network.Attributes;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.Operator;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.ReferenceExecutor;
import org.reluctor.network.Value;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.operation.KernelForm;
import org.reluctor.opencl.operation.WeightFormat;
import org.reluctor.opencl.tuning.LaunchParameters;

/** What networks on images ask of the engine beyond single operators, in every form. */
class ImageNetworkIT {
    private static DeviceSession session;

    private final NetworkBuilder builder = new NetworkBuilder("image");
    private final RandomNetworks random = new RandomNetworks(7);

    @BeforeAll
    static void open() {
        session = TestDevice.open();
    }

    @AfterAll
    static void close() {
        session.close();
    }

    private static Attributes padded(long group) {
        return new Attributes(Map.of("pads", new long[] {1, 1, 1, 1}, "group", group));
    }

    private RecoveryNetwork built(Value output) {
        builder.output(builder.reshape(output, 0, -1), "x");
        return builder.build();
    }

    private static float[] computed(RecoveryNetwork network, KernelForm form, float[] y, int frames) {
        float[] x = new float[frames * (int) network.outputs().get(0).shape().frameElements()];
        LaunchParameters parameters = new LaunchParameters(form, 1 << 20, 0, false, WeightFormat.FLOAT32);
        try (Engine engine = Engine.create(network, session, parameters, frames)) {
            engine.run(y, frames, x);
        }
        return x;
    }

    private void compare(RecoveryNetwork network, KernelForm form, int frames) {
        float[] y = random.vector(frames * (int) network.input().shape().frameElements(), 1);
        Closeness.assertClose(form.name(), new ReferenceExecutor(network).run(y, frames).get(0),
                computed(network, form, y, frames));
    }

    /** Channel by channel, then all of them, with a bias and a ReLU each: results lie as the next one reads them. */
    @ParameterizedTest
    @EnumSource
    void run_groupsOfAnySize_equalReference(KernelForm form) {
        Value x = builder.reshape(builder.input("y", 6 * 5 * 7), 0, 6, 5, 7);
        x = grouped(x, 6, 6, 6);
        x = grouped(x, 6, 12, 3);
        x = grouped(x, 12, 12, 12);
        compare(built(grouped(x, 12, 2, 1)), form, 3);
    }

    private Value grouped(Value x, int from, int to, int groups) {
        String name = from + "to" + to + "in" + groups;
        Value weights = builder.constant("w" + name, random.vector(to * (from / groups) * 9, 0.3f), to, from / groups,
                3, 3);
        return builder.relu(builder.apply(Operator.CONV, padded(groups), x, weights,
                builder.constant("b" + name, random.vector(to, 0.1f), to)));
    }

    /** 64 channels of 256×256 in as many groups: one step, and memory for the images, not for the groups' product. */
    @Test
    void create_manyGroupsOnALargeImage_needsNoMoreThanItsImages() {
        Value x = builder.reshape(builder.input("y", 256 * 256), 0, 1, 256, 256);
        Value many = builder.apply(Operator.CONV, padded(1), x,
                builder.constant("first", random.vector(64 * 9, 0.3f), 64, 1, 3, 3));
        Value each = builder.apply(Operator.CONV, padded(64), many,
                builder.constant("each", random.vector(64 * 9, 0.3f), 64, 1, 3, 3));
        RecoveryNetwork network = built(builder.apply(Operator.CONV, Attributes.NONE, each,
                builder.constant("last", random.vector(64, 0.1f), 1, 64, 1, 1)));
        try (Engine engine = Engine.create(network, session, 1)) {
            assertTrue(engine.describe(1).size() <= 5, engine.describe(1).toString());
        }
        compare(network, KernelForm.PANEL, 1);
    }

    /** One constant of the file, which two convolutions read in two shapes. */
    @ParameterizedTest
    @EnumSource
    void run_oneConstantInTwoShapes_equalsReference(KernelForm form) {
        Value weights = builder.constant("w", random.vector(4 * 2 * 9, 0.3f), 4, 2, 3, 3);
        Value turned = builder.reshape(weights, 2, 4, 3, 3);
        Value x = builder.reshape(builder.input("y", 2 * 6 * 6), 0, 2, 6, 6);
        Value up = builder.apply(Operator.CONV, padded(1), x, weights);
        compare(built(builder.apply(Operator.CONV, padded(1), up, turned)), form, 2);
    }

    /** Concat and Pad move elements: a −0 stays one, and padding stands where it belongs, in every frame. */
    @ParameterizedTest
    @EnumSource
    void run_joinedParts_keepTheSignOfZero(KernelForm form) {
        Value y = builder.input("y", 4);
        Value negated = builder.neg(y);
        Value joined = builder.concat(1, y, negated);
        RecoveryNetwork network = built(builder.apply(Operator.PAD,
                new Attributes(Map.of("pads", new long[] {0, 1, 0, 0}, "value", -3f)), joined));
        float[] x = computed(network, form, new float[] {0f, -0f, 1, 2, -0f, 0f, 3, 4}, 2);
        float[] expected = {-3, 0f, -0f, 1, 2, -0f, 0f, -1, -2, -3, -0f, 0f, 3, 4, 0f, -0f, -3, -4};
        for (int i = 0; i < expected.length; i++) {
            assertEquals(Float.floatToRawIntBits(expected[i]), Float.floatToRawIntBits(x[i]), "element " + i);
        }
    }

    @Test
    void create_infiniteWeightOfAConvolution_isRefusedByNode() {
        float[] weights = random.vector(9, 1);
        weights[4] = Float.POSITIVE_INFINITY;
        Value x = builder.reshape(builder.input("y", 16), 0, 1, 4, 4);
        RecoveryNetwork network = built(builder.apply(Operator.CONV, padded(1), x,
                builder.constant("w", weights, 1, 1, 3, 3)));
        String message = assertThrows(LoweringException.class, () -> Engine.create(network, session, 1)).getMessage();
        assertTrue(message.contains("w[1, 1, 3, 3]") && message.contains("finite"), message);
    }
}
