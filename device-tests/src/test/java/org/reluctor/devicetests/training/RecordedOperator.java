package org.reluctor.devicetests.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.reluctor.app.selftest.OperatorCases;
import org.reluctor.learn.gradient.Elementary;
import org.reluctor.learn.gradient.Formula;
import org.reluctor.learn.gradient.NetworkTape;
import org.reluctor.learn.gradient.Tape;
import org.reluctor.learn.gradient.Tensor;
import org.reluctor.network.Operator;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;

/**
 * A network of one operator on a tape, its random constants and its input as variables, and a weighted sum of its
 * output.
 *
 * @param operator what it is
 * @param values   of every variable
 * @param number   the weighted sum
 */
record RecordedOperator(Operator operator, Map<Tensor, double[]> values, Tensor number) {
    private static final int BATCH = 2;

    /** Operators that stand in networks. */
    static Stream<Operator> operators() {
        return Arrays.stream(Operator.values()).filter(operator -> !operator.onlyShapes());
    }

    static RecordedOperator on(Tape tape, Operator operator, long seed) {
        RecoveryNetwork network = OperatorCases.network(operator, seed);
        Random random = new Random(seed);
        NetworkTape recorded = new NetworkTape(tape, BATCH, constants(network));
        Tensor y = tape.variable((int) network.input().shape().elements(BATCH));
        Tensor output = recorded.record(network, y).get(0);
        Map<Tensor, double[]> values = new LinkedHashMap<>();
        values.put(y, numbers(random, y.elements(), positive(operator)));
        recorded.variables().forEach((name, variable) ->
                values.put(variable, numbers(random, variable.elements(), positive(operator))));
        Tensor weights = tape.constant(numbers(random, output.elements(), false), output.elements());
        Tensor number = tape.sum(tape.pointwise(Elementary.MUL.of(Formula.input(0), Formula.input(1)),
                tape.reshape(output, output.elements()), weights), 1, 0);
        return new RecordedOperator(operator, values, number);
    }

    /** Roots, powers and quotients are asked for where they are smooth. */
    private static boolean positive(Operator operator) {
        return switch (operator) {
            case SQRT, POW, DIV, BATCH_NORMALIZATION -> true;
            default -> false;
        };
    }

    private static Set<String> constants(RecoveryNetwork network) {
        Set<String> names = new TreeSet<>();
        network.nodes().forEach(node -> node.inputs().stream().filter(input -> input.floats() != null)
                .map(Value::name).forEach(names::add));
        return names;
    }

    private static double[] numbers(Random random, int count, boolean positive) {
        return random.doubles(count).map(u -> positive ? 0.5 + u : 4 * u - 2).toArray();
    }

    /** The number and its gradients with respect to the variables on which it depends. */
    List<Tensor> results(Tape tape) {
        List<Tensor> all = new ArrayList<>(List.of(number));
        values.keySet().forEach(variable -> tape.gradient(variable).ifPresent(all::add));
        return all;
    }
}
