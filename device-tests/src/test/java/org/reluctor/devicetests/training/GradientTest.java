package org.reluctor.devicetests.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.learn.gradient.HostArithmetic;
import org.reluctor.learn.gradient.Tensor;
import org.reluctor.network.Operator;

/** The derivative of every operator, with respect to its input and its constants, against finite differences. */
class GradientTest {
    /** Odd seeds of the cases are those without NaN and infinities. */
    private static final long[] SEEDS = {1, 3, 5, 7, 9, 11};
    private static final int CHECKED_ELEMENTS = 12;
    /** Differences of the fourth order: their error goes with the fourth power of this. */
    private static final double STEP = 1e-4;

    @ParameterizedTest
    @MethodSource("org.reluctor.devicetests.training.RecordedOperator#operators")
    void gradient_everyOperator_isTheFiniteDifference(Operator operator) {
        for (long seed : SEEDS) {
            RecordedOperator recorded = RecordedOperator.of(operator, seed);
            HostArithmetic host = new HostArithmetic(recorded.tape());
            recorded.values().forEach(host::write);
            host.run();
            for (Map.Entry<Tensor, double[]> variable : recorded.values().entrySet()) {
                Optional<Tensor> gradient = recorded.tape().gradient(variable.getKey());
                double[] derived = gradient.map(host::read).orElse(new double[variable.getValue().length]);
                check(operator, seed, recorded, variable.getKey(), derived);
            }
        }
    }

    private static void check(Operator operator, long seed, RecordedOperator recorded, Tensor variable,
            double[] derived) {
        HostArithmetic host = new HostArithmetic(recorded.tape());
        recorded.values().forEach(host::write);
        double scale = 1;
        for (double value : derived) {
            scale = Math.max(scale, Math.abs(value));
        }
        int every = Math.max(1, derived.length / CHECKED_ELEMENTS);
        for (int at = 0; at < derived.length; at += every) {
            double near = difference(host, recorded, variable, at, STEP);
            double far = difference(host, recorded, variable, at, 2 * STEP);
            assertEquals((4 * near - far) / 3, derived[at], 1e-6 * scale, operator + " of seed " + seed + ", "
                    + variable + " at " + at);
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
