package org.reluctor.devicetests.convex;

import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.reluctor.devicetests.study.PairGradients;
import org.reluctor.learn.algebra.HostProducts;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Products;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.network.NetworkBuilder;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;

/**
 * The project's training by gradients on the objective of the convex program, ½‖Y − act(XW)A‖² + β/2(‖W‖² + ‖A‖²). The
 * activation is ReLU, or a fixed gate for each unit, which is the convex program's own network.
 */
final class GradientBaseline {
    private static final String INPUT_WEIGHTS = "W";
    private static final String OUTPUT_WEIGHTS = "A";

    private final Products products = new HostProducts();
    private final Samples inputs;
    private final Samples targets;
    private final double beta;
    private final Matrix gates;
    private final int[] gateOf;

    /** ReLU units. */
    static GradientBaseline relu(Samples inputs, Samples targets, double beta, int units) {
        return new GradientBaseline(inputs, targets, beta, null, new int[units]);
    }

    /** Units behind fixed gates, [d, P]; every unit names its own. */
    static GradientBaseline gated(Samples inputs, Samples targets, double beta, Matrix gates, int... gateOf) {
        return new GradientBaseline(inputs, targets, beta, gates, gateOf);
    }

    private GradientBaseline(Samples inputs, Samples targets, double beta, Matrix gates, int... gateOf) {
        this.inputs = inputs;
        this.targets = targets;
        this.beta = beta;
        this.gates = gates;
        this.gateOf = gateOf;
    }

    /** What was trained: [d, units] and [units, c]. */
    record Weights(Matrix input, Matrix output) {
    }

    /** β/2 over the numbers that the objective is a mean over: what a schedule takes as its penalty. */
    double penalty() {
        return beta / 2 / inputs.count() / targets.width();
    }

    /** Trains from weights drawn from the schedule's seed. */
    Weights train(PairGradients pairs, PairGradients.Schedule schedule) {
        int units = gateOf.length;
        Random random = new Random(schedule.seed());
        Matrix first = gaussian(random, inputs.width(), units, Math.sqrt(2.0 / inputs.width()));
        Matrix second = gaussian(random, units, targets.width(), Math.sqrt(1.0 / units));
        RecoveryNetwork trained = pairs.train((graph, y, trainable) -> layers(graph, y, trainable, first, second),
                new TreeSet<>(), schedule);
        return new Weights(PairGradients.matrix(trained, INPUT_WEIGHTS, first.rows(), units),
                PairGradients.matrix(trained, OUTPUT_WEIGHTS, units, second.columns()));
    }

    private static Matrix gaussian(Random random, int rows, int columns, double deviation) {
        Matrix matrix = Matrix.zero(rows, columns);
        for (int at = 0; at < matrix.values().length; at++) {
            matrix.values()[at] = deviation * random.nextGaussian();
        }
        return matrix;
    }

    private Value layers(NetworkBuilder graph, Value y, Set<String> trainable, Matrix first, Matrix second) {
        trainable.add(INPUT_WEIGHTS);
        trainable.add(OUTPUT_WEIGHTS);
        Value sums = graph.matMul(y, constant(graph, INPUT_WEIGHTS, first));
        Value hidden = gates == null ? graph.relu(sums) : graph.mul(graph.matMul(graph.relu(graph.sign(
                graph.matMul(y, constant(graph, "G", gates)))), constant(graph, "E", expansion())), sums);
        return graph.matMul(hidden, constant(graph, OUTPUT_WEIGHTS, second));
    }

    private static Value constant(NetworkBuilder graph, String name, Matrix matrix) {
        return graph.constant(name, matrix.toFloats(), matrix.rows(), matrix.columns());
    }

    /** From gates to units: 1 where a unit has the gate, [P, units]. */
    private Matrix expansion() {
        Matrix expansion = Matrix.zero(gates.columns(), gateOf.length);
        for (int unit = 0; unit < gateOf.length; unit++) {
            expansion.values()[gateOf[unit] * gateOf.length + unit] = 1;
        }
        return expansion;
    }

    /** The layer's outputs in float64. */
    Samples predict(Weights weights, Samples x) {
        Samples hidden = products.times(x, weights.input());
        Samples decides = gates == null ? hidden : products.times(products.times(x, gates), expansion());
        for (int at = 0; at < hidden.values().length; at++) {
            hidden.values()[at] = decides.values()[at] > 0 ? hidden.values()[at] : 0;
        }
        return products.times(hidden, weights.output());
    }

    /** Over all training samples. */
    double objective(Weights weights) {
        return targets.plus(-1, predict(weights, inputs)).energy() / 2
                + beta / 2 * (weights.input().dot(weights.input()) + weights.output().dot(weights.output()));
    }
}
