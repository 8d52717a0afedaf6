package org.reluctor.certify.vnnlib;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.reluctor.certify.bound.Deadline;
import org.reluctor.certify.graph.Derivative;
import org.reluctor.certify.graph.LayerGraph;
import org.reluctor.certify.interval.Box;

/**
 * Looks for an input of a box at which a graph's one output is large, by projected gradient ascent with signs (Madry et
 * al., ICLR 2018) from the middle and from random points; steps shrink. Deterministic but for where the time ends.
 */
final class GradientAttack {
    private static final int STARTS = 40;
    private static final int STEPS = 40;
    private static final double FIRST_STEP = 0.25;
    private static final double LAST_STEP = 1e-3;

    private final LayerGraph graph;
    private final Box box;
    private final Predicate<double[]> found;
    private double best = Double.NEGATIVE_INFINITY;
    private double[] bestInput;

    /**
     * @param graph whose last layer has one element
     * @param found whether an input is one that is looked for
     */
    GradientAttack(LayerGraph graph, Box box, Predicate<double[]> found) {
        this.graph = graph;
        this.box = box;
        this.found = found;
    }

    /** An input that is looked for, the best of those met from one start; none where no start comes to one. */
    Optional<double[]> search(Deadline deadline) {
        SplittableRandom random = new SplittableRandom(1);
        for (int start = 0; start < STARTS && !deadline.over(); start++) {
            ascend(start(start, random), deadline);
            if (bestInput != null) {
                return Optional.of(bestInput);
            }
        }
        return Optional.empty();
    }

    private double[] start(int number, SplittableRandom random) {
        double[] x = new double[box.size()];
        for (int at = 0; at < x.length; at++) {
            double place = number % 2 == 0 ? random.nextDouble() : random.nextInt(2);
            x[at] = number == 0 ? box.middle(at) : box.low()[at] + place * box.width(at);
        }
        return x;
    }

    private void ascend(double[] x, Deadline deadline) {
        double shrink = Math.pow(LAST_STEP / FIRST_STEP, 1.0 / (STEPS - 1));
        double step = FIRST_STEP;
        for (int at = 0; at <= STEPS && !deadline.over(); at++) {
            Float32Point.round(x, box);
            double[][] values = graph.evaluate(x);
            double value = values[graph.size() - 1][0];
            if (value > best && found.test(x)) {
                bestInput = x.clone();
                best = value;
            }
            double[] slope = Derivative.byInput(graph, values, graph.size() - 1, new double[] {1});
            for (int i = 0; i < x.length; i++) {
                x[i] = Math.min(box.high()[i], Math.max(box.low()[i],
                        x[i] + step * Math.signum(slope[i]) * box.width(i)));
            }
            step *= shrink;
        }
    }
}
