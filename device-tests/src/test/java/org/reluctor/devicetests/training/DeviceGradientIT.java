package org.reluctor.devicetests.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.learn.device.DeviceArithmetic;
import org.reluctor.learn.gradient.Arithmetic;
import org.reluctor.learn.gradient.Elementary;
import org.reluctor.learn.gradient.Formula;
import org.reluctor.learn.gradient.Fusion;
import org.reluctor.learn.gradient.HostArithmetic;
import org.reluctor.learn.gradient.Tape;
import org.reluctor.learn.gradient.Tensor;
import org.reluctor.network.Operator;
import org.reluctor.opencl.device.DeviceKind;
import org.reluctor.opencl.device.DeviceSession;

/** Value and derivative of every operator on the device, with formulas joined, against float64 on the host. */
class DeviceGradientIT {
    private static final long SEED = 5;
    /** One or two of each kind of instruction: programs of the other form are slow to compile here. */
    private static final Set<Operator> IN_THE_OTHER_FORM = EnumSet.of(Operator.CONV, Operator.CONV_TRANSPOSE,
            Operator.GEMM, Operator.MATMUL, Operator.PAD, Operator.PRELU, Operator.REDUCE_MAX, Operator.REDUCE_MEAN,
            Operator.TRANSPOSE);

    /** All operators on one tape: a program is compiled for each that differs, not for each operator. */
    @ParameterizedTest
    @EnumSource(value = DeviceKind.class, names = {"CPU", "GPU"})
    void gradient_everyOperatorInTheFormOfAKind_isTheHostsToFloat32(DeviceKind form) {
        Tape tape = new Tape();
        List<RecordedOperator> operators = RecordedOperator.operators()
                .filter(operator -> form == DeviceKind.CPU || IN_THE_OTHER_FORM.contains(operator))
                .map(operator -> RecordedOperator.on(tape, operator, SEED)).toList();
        tape.differentiate(sum(tape, operators));
        List<Tensor> wanted = new ArrayList<>();
        operators.forEach(operator -> wanted.addAll(operator.values().keySet()));
        operators.forEach(operator -> wanted.addAll(operator.results(tape)));
        try (DeviceSession session = TestDevice.openAs(form);
                HostArithmetic host = new HostArithmetic(tape);
                DeviceArithmetic device = new DeviceArithmetic(session, tape, wanted)) {
            operators.forEach(operator -> write(operator, host));
            operators.forEach(operator -> write(operator, device));
            host.run();
            device.run();
            operators.forEach(operator -> operator.results(tape).forEach(tensor -> assertClose(
                    operator.operator() + ": " + tensor, host.read(tensor), device.read(tensor))));
        }
        assertTrue(Fusion.fuse(tape.instructions(), wanted).size() < tape.instructions().size());
    }

    private static Tensor sum(Tape tape, List<RecordedOperator> operators) {
        Tensor sum = operators.get(0).number();
        for (RecordedOperator operator : operators.subList(1, operators.size())) {
            sum = tape.pointwise(Elementary.ADD.of(Formula.input(0), Formula.input(1)), sum, operator.number());
        }
        return sum;
    }

    private static void write(RecordedOperator recorded, Arithmetic arithmetic) {
        recorded.values().forEach((variable, values) -> {
            float[] floats = new float[values.length];
            for (int at = 0; at < floats.length; at++) {
                floats[at] = (float) values[at];
            }
            arithmetic.write(variable, floats);
        });
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
