package org.reluctor.devicetests.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.learn.device.DeviceArithmetic;
import org.reluctor.learn.gradient.Arithmetic;
import org.reluctor.learn.gradient.Elementary;
import org.reluctor.learn.gradient.Formula;
import org.reluctor.learn.gradient.HostArithmetic;
import org.reluctor.learn.gradient.NetworkTape;
import org.reluctor.learn.gradient.Tape;
import org.reluctor.learn.gradient.Tensor;
import org.reluctor.network.Attributes;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.opencl.device.DeviceSession;

/**
 * Convolutions of images whose rows are shorter than a vector, whose sixteen neighbours thus come from several rows and
 * two frames: value and derivatives on the device against float64 on the host.
 */
class NarrowImageGradientIT {
    private static final int BATCH = 5;
    private static final int INPUTS = 3;
    private static final int OUTPUTS = 4;

    /** Height, width, kernel, padding in units of dilation, dilation along rows; 4×4 is one frame a vector. */
    private static final int[][] SHAPES = {{7, 7, 3, 1, 1}, {4, 4, 3, 1, 1}, {9, 5, 3, 1, 2}, {28, 28, 3, 1, 1}};

    @Test
    void gradient_narrowImages_isTheHostsToFloat32() {
        for (int[] shape : SHAPES) {
            RecoveryNetwork network = network(shape);
            Tape tape = new Tape();
            NetworkTape recorded = new NetworkTape(tape, BATCH, Set.of("w"));
            Tensor x = tape.variable(BATCH * INPUTS * shape[0] * shape[1]);
            Tensor output = recorded.record(network, x).get(0);
            Tensor flat = tape.reshape(output, output.elements());
            Tensor loss = tape.sum(tape.pointwise(Elementary.MUL.of(Formula.input(0), Formula.input(1)), flat,
                    tape.constant(numbers(output.elements(), 1), output.elements())), 1, 0);
            tape.differentiate(loss);
            Tensor w = recorded.variables().get("w");
            compare(tape, List.of(x, w), List.of(output, tape.gradient(x).orElseThrow(),
                    tape.gradient(w).orElseThrow()), shape[0] + "×" + shape[1]);
        }
    }

    private static RecoveryNetwork network(int[] shape) {
        NetworkBuilder builder = new NetworkBuilder("narrow");
        int kernel = shape[2];
        long dilation = shape[4];
        int taps = INPUTS * kernel * kernel;
        float[] weights = new float[OUTPUTS * taps];
        builder.output(builder.conv(builder.input("y", INPUTS, shape[0], shape[1]),
                builder.constant("w", weights, OUTPUTS, INPUTS, kernel, kernel), null,
                new Attributes(Map.of("pads", new long[] {shape[3], shape[3] * dilation, shape[3], shape[3] * dilation},
                        "dilations", new long[] {1, dilation}))), "x");
        return builder.build();
    }

    private static double[] numbers(int count, long seed) {
        return new Random(seed).doubles(count).map(u -> 2 * u - 1).toArray();
    }

    private static void compare(Tape tape, List<Tensor> given, List<Tensor> results, String what) {
        List<Tensor> kept = new ArrayList<>(given);
        kept.addAll(results);
        try (DeviceSession session = TestDevice.open();
                HostArithmetic host = new HostArithmetic(tape);
                DeviceArithmetic device = new DeviceArithmetic(session, tape, kept)) {
            for (Arithmetic arithmetic : List.of(host, device)) {
                given.forEach(tensor -> arithmetic.write(tensor, floats(numbers(tensor.elements(), 2))));
                arithmetic.run();
            }
            for (Tensor tensor : results) {
                double[] expected = host.read(tensor);
                double[] actual = device.read(tensor);
                double scale = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
                for (int at = 0; at < expected.length; at++) {
                    assertEquals(expected[at], actual[at], 1e-5 * scale,
                            what + ": " + tensor + " at " + at);
                }
            }
        }
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int at = 0; at < floats.length; at++) {
            floats[at] = (float) values[at];
        }
        return floats;
    }
}
