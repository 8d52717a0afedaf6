package org.reluctor.devicetests.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.learn.gradient.HostArithmetic;
import org.reluctor.learn.gradient.Tape;
import org.reluctor.learn.gradient.Tensor;
import org.reluctor.network.Operator;

/** The derivative of every operator, with respect to its input and its constants, against finite differences. */
class GradientTest {
    /** Odd seeds of the cases are those without NaN and infinities. */
    private static final long[] SEEDS = {1, 3, 5};
    private static final int CHECKED_ELEMENTS = 12;
    /** Differences of the fourth order: their error goes with the fourth power of this. */
    private static final double STEP = 1e-4;

    @ParameterizedTest
    @MethodSource("org.reluctor.devicetests.training.RecordedOperator#operators")
    void gradient_everyOperator_isTheFiniteDifference(Operator operator) {
        for (long seed : SEEDS) {
            Tape derived = new Tape();
            RecordedOperator recorded = RecordedOperator.on(derived, operator, seed);
            // Recorded again, tensors are numbered alike: differences need no derivative computed.
            Tape plain = new Tape();
            RecordedOperator.on(plain, operator, seed);
            derived.differentiate(recorded.number());
            HostArithmetic host = new HostArithmetic(derived);
            recorded.values().forEach(host::write);
            host.run();
            HostArithmetic moved = new HostArithmetic(plain);
            recorded.values().forEach(moved::write);
            for (Map.Entry<Tensor, double[]> variable : recorded.values().entrySet()) {
                double[] gradient = derived.gradient(variable.getKey()).map(host::read)
                        .orElse(new double[variable.getValue().length]);
                check(recorded, moved, variable.getKey(), gradient);
                moved.write(variable.getKey(), variable.getValue());
            }
        }
    }

    private static void check(RecordedOperator recorded, HostArithmetic host, Tensor variable, double[] gradient) {
        double scale = 1;
        for (double value : gradient) {
            scale = Math.max(scale, Math.abs(value));
        }
        for (int at = 0; at < gradient.length; at += Math.max(1, gradient.length / CHECKED_ELEMENTS)) {
            double near = difference(host, recorded, variable, at, STEP);
            double far = difference(host, recorded, variable, at, 2 * STEP);
            assertEquals((4 * near - far) / 3, gradient[at], 1e-6 * scale, recorded.operator() + ", " + variable
                    + " at " + at);
        }
    }

    private static double difference(HostArithmetic host, RecordedOperator recorded, Tensor variable, int at,
            double step) {
        return (number(host, recorded, variable, at, step) - number(host, recorded, variable, at, -step)) / 2 / step;
    }

    private static double number(HostArithmetic host, RecordedOperator recorded, Tensor variable, int at,
            double step) {
        double[] moved = recorded.values().get(variable).clone();
        moved[at] += step;
        host.write(variable, moved);
        host.run();
        return host.read(recorded.number())[0];
    }
}
