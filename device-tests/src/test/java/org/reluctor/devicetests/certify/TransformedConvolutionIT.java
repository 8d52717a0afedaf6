package org.reluctor.devicetests.certify;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.reluctor.certify.bound.Execution;
import org.reluctor.certify.bound.LayerBounds;
import org.reluctor.certify.graph.LayerGraph;
import org.reluctor.certify.graph.NetworkImport;
import org.reluctor.certify.interval.Box;
import org.reluctor.certify.vnnlib.DeviceReplay;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.network.Attributes;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;
import org.reluctor.opencl.device.DeviceSession;

/** 3×3 convolutions of the sizes that the device takes by Winograd's way: what it computes lies within the bounds. */
class TransformedConvolutionIT {
    private static final int CHANNELS = 32;
    private static final int SIDE = 14;

    private static float[] random(SplittableRandom random, int size) {
        float[] result = new float[size];
        for (int at = 0; at < size; at++) {
            result[at] = (float) random.nextDouble(-1, 1);
        }
        return result;
    }

    private static RecoveryNetwork network(SplittableRandom random) {
        NetworkBuilder builder = new NetworkBuilder("square");
        Value x = builder.input("y", CHANNELS, SIDE, SIDE);
        Attributes padded = new Attributes(Map.of("pads", new long[] {1, 1, 1, 1}));
        builder.output(builder.conv(x, builder.constant("w", random(random, CHANNELS * CHANNELS * 9), CHANNELS,
                CHANNELS, 3, 3), builder.constant("b", random(random, CHANNELS), CHANNELS), padded), "signal");
        return builder.build();
    }

    @Test
    void bounds_ofAPoint_holdWhatTheDeviceComputes() {
        SplittableRandom random = new SplittableRandom(1);
        RecoveryNetwork network = network(random);
        LayerGraph.Builder builder = new LayerGraph.Builder(CHANNELS * SIDE * SIDE);
        List<Integer> outputs = new NetworkImport(network).append(builder, 0);
        LayerGraph graph = builder.build();
        double widest = 0;
        double farthest = 0;
        try (DeviceSession session = TestDevice.open()) {
            for (int round = 0; round < 4; round++) {
                double[] y = new double[graph.inputSize()];
                float[] drawn = random(random, y.length);
                for (int at = 0; at < y.length; at++) {
                    y[at] = drawn[at];
                }
                Box box = LayerBounds.intervals(graph, new Box(y, y), Execution.FLOAT32).box(outputs.get(0));
                double[] exact = graph.evaluate(y)[outputs.get(0)];
                double[] device = DeviceReplay.of(network, session, y).outputs();
                assertTrue(box.contains(device), "within");
                for (int at = 0; at < device.length; at++) {
                    farthest = Math.max(farthest, Math.abs(device[at] - exact[at]));
                    widest = Math.max(widest, 0.5 * box.width(at));
                }
            }
        }
        assertTrue(farthest > 0 && widest < 0.05, farthest + " of " + widest);
    }
}
