package org.reluctor.devicetests.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.learn.device.DeviceArithmetic;
import org.reluctor.learn.gradient.Arithmetic;
import org.reluctor.learn.gradient.HostArithmetic;
import org.reluctor.learn.gradient.Tensor;
import org.reluctor.network.Operator;
import org.reluctor.opencl.device.DeviceSession;

/** Value and derivative of every operator on the device, with formulas joined, against float64 on the host. */
class DeviceGradientIT {
    private static final long[] SEEDS = {1, 5, 9};

    private static DeviceSession session;

    @BeforeAll
    static void open() {
        session = TestDevice.open();
    }

    @AfterAll
    static void close() {
        session.close();
    }

    @ParameterizedTest
    @MethodSource("org.reluctor.devicetests.training.RecordedOperator#operators")
    void gradient_everyOperator_isTheHostsToFloat32(Operator operator) {
        for (long seed : SEEDS) {
            RecordedOperator recorded = RecordedOperator.of(operator, seed);
            List<Tensor> wanted = new ArrayList<>(recorded.values().keySet());
            wanted.add(recorded.number());
            wanted.addAll(recorded.gradients());
            try (HostArithmetic host = new HostArithmetic(recorded.tape());
                    DeviceArithmetic device = new DeviceArithmetic(session, recorded.tape(), wanted)) {
                run(recorded, host);
                run(recorded, device);
                wanted.forEach(tensor -> assertClose(operator + " of seed " + seed + ": " + tensor,
                        host.read(tensor), device.read(tensor)));
            }
        }
    }

    private static void run(RecordedOperator recorded, Arithmetic arithmetic) {
        recorded.values().forEach((variable, values) -> {
            float[] floats = new float[values.length];
            for (int at = 0; at < floats.length; at++) {
                floats[at] = (float) values[at];
            }
            arithmetic.write(variable, floats);
        });
        arithmetic.run();
    }

    private static void assertClose(String what, double[] expected, double[] actual) {
        double scale = 1;
        for (double value : expected) {
            scale = Math.max(scale, Math.abs(value));
        }
        for (int at = 0; at < expected.length; at++) {
            assertEquals(expected[at], actual[at], 2e-5 * scale, what + " at " + at);
        }
    }
}
