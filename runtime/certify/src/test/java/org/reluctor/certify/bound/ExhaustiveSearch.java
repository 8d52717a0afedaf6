package org.reluctor.certify.bound;

import java.util.random.RandomGenerator;
import org.reluctor.certify.graph.LayerGraph;
import org.reluctor.certify.interval.Box;

/** The largest output that many starts and patient steps reach: a value that is there, whatever a bound says. */
final class ExhaustiveSearch {
    private ExhaustiveSearch() {
    }

    static double maximum(LayerGraph graph, Box box, RandomGenerator random) {
        double best = Double.NEGATIVE_INFINITY;
        int starts = 1 << Math.min(6, box.size() + 2);
        for (int start = 0; start < starts; start++) {
            double[] x = new double[box.size()];
            for (int at = 0; at < x.length; at++) {
                double place = start < 1 << box.size() ? start >> at & 1 : random.nextDouble();
                x[at] = box.low()[at] + place * box.width(at);
            }
            best = Math.max(best, ascend(graph, box, x, random));
        }
        return best;
    }

    /** Steps along coordinates and random directions, ever shorter. */
    private static double ascend(LayerGraph graph, Box box, double[] x, RandomGenerator random) {
        double value = value(graph, x);
        for (double step = 0.5; step > 1e-7; step *= 0.5) {
            for (int trial = 0; trial < 6 * x.length; trial++) {
                double[] next = x.clone();
                for (int at = 0; at < x.length; at++) {
                    boolean along = trial < 2 * x.length;
                    double move = along ? trial / 2 == at ? 2 * (trial % 2) - 1 : 0 : random.nextDouble(-1, 1);
                    next[at] = Math.min(box.high()[at], Math.max(box.low()[at], x[at] + step * move * box.width(at)));
                }
                double reached = value(graph, next);
                if (reached > value) {
                    value = reached;
                    System.arraycopy(next, 0, x, 0, x.length);
                }
            }
        }
        return value;
    }

    private static double value(LayerGraph graph, double[] x) {
        return graph.evaluate(x)[graph.size() - 1][0];
    }
}
