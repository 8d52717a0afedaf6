package org.reluctor.certify.bound;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.reluctor.certify.graph.ActivationLayer;
import org.reluctor.certify.graph.LayerGraph;

/**
 * Slopes, and shares of cuts, that make one bound small, by projected gradient steps (Xu et al., "Fast and complete",
 * ICLR 2021, optimise slopes so; the step rule is Adam's). The derivative by a slope is the neuron's coefficient times
 * the pre-activation at the point where the bound is reached, and what the intercept changes; that by a cut's share is
 * the coefficient times what the cut is ahead of the line there. Moved are the slopes below kinked ReLUs and on both
 * sides of soft thresholds, within what touches the envelope; the best line above a ReLU is its secant. A step is a
 * part of that range: above a soft threshold t on [l, u] the slopes worth a look are from (u - t) / (u + t) to 1.
 */
final class SlopeSearch {
    private static final double FIRST_STEP = 0.25;
    private static final double DECAY = 0.9;
    private static final double AVERAGED = 0.1;

    private final LayerBounds bounds;
    private final BackwardPass pass;
    private final int layer;
    private final double[] objective;
    private final Map<Integer, double[]> means = new HashMap<>();
    private final Map<Integer, double[]> squares = new HashMap<>();
    private final Map<Mixture, double[][]> moments = new IdentityHashMap<>();
    private double[][] average;
    private double best = Double.POSITIVE_INFINITY;
    private Lines bestLines;

    SlopeSearch(LayerBounds bounds, BackwardPass pass, int layer, double[] objective) {
        this.bounds = bounds;
        this.pass = pass;
        this.layer = layer;
        this.objective = objective;
    }

    /** Searches from these lines, which are changed, for so many steps, or until the time is over. */
    void search(Lines lines, int steps, Deadline deadline) {
        means.clear();
        squares.clear();
        moments.clear();
        average = null;
        for (int step = 0; step <= steps; step++) {
            double bound = pass.upper(layer, objective, lines);
            if (bound < best || bestLines == null) {
                best = bound;
                bestLines = lines.copy();
            }
            if (step == steps || deadline.over() || !move(lines, step)) {
                return;
            }
        }
    }

    double best() {
        return best;
    }

    /** The lines of the best bound. */
    Lines bestLines() {
        return bestLines;
    }

    /** Whether there was anything to choose. */
    private boolean move(Lines lines, int step) {
        double[][] values = ForwardPass.values(bounds, pass, lines, layer);
        LayerGraph graph = bounds.graph();
        boolean moved = false;
        for (int at = 1; at < layer; at++) {
            if (graph.layer(at) instanceof ActivationLayer activation && pass.coefficients(at) != null) {
                moved |= moveLayer(at, activation, values, lines, step);
            }
        }
        take(values);
        return moved;
    }

    /** The mean over the steps, later ones counting more, comes near the point at which the best lines meet. */
    private void take(double[][] values) {
        if (average == null) {
            average = values;
            return;
        }
        for (int at = 0; at < values.length; at++) {
            for (int i = 0; i < values[at].length; i++) {
                average[at][i] += AVERAGED * (values[at][i] - average[at][i]);
            }
        }
    }

    /** All layers' values where the bound is reached, about; none before any step. */
    Optional<double[][]> average() {
        return Optional.ofNullable(average);
    }

    private boolean moveLayer(int at, ActivationLayer activation, double[][] values, Lines lines, int step) {
        double[] source = values[activation.source()];
        double[] lambda = pass.coefficients(at);
        double[] mean = means.computeIfAbsent(at, key -> new double[lambda.length]);
        double[] square = squares.computeIfAbsent(at, key -> new double[lambda.length]);
        Relaxation relaxation = lines.editable(at);
        boolean moved = false;
        for (int i = 0; i < lambda.length; i++) {
            if (lambda[i] == 0) {
                continue;
            }
            boolean above = lambda[i] > 0;
            Mixture mixture = lines.cuts(at, i, above);
            if (mixture != null) {
                moved = true;
                moveShares(mixture, lambda[i], relaxation.at(i, above, source[i]), values, step);
            }
            double[] range = bounds.isOpen(activation, i) ? relaxation.slopes(i, above) : null;
            if (range != null && range[0] < range[1]) {
                double gradient = lambda[i] * (source[i] + relaxation.change(i, above, range));
                mean[i] = 0.9 * mean[i] + 0.1 * gradient;
                square[i] = 0.99 * square[i] + 0.01 * gradient * gradient;
                double slope = (above ? relaxation.upperSlope[i] : relaxation.lowerSlope[i])
                        + ahead(mean[i], square[i], step) * (range[1] - range[0]);
                relaxation.set(i, above, Math.min(range[1], Math.max(range[0], slope)));
                moved = true;
            }
        }
        return moved;
    }

    private void moveShares(Mixture mixture, double lambda, double line, double[][] values, int step) {
        double[][] both = moments.computeIfAbsent(mixture, key -> new double[2][mixture.size()]);
        double[] ahead = new double[mixture.size()];
        for (int at = 0; at < ahead.length; at++) {
            double gradient = lambda * (mixture.cut(at).at(values) - line);
            both[0][at] = 0.9 * both[0][at] + 0.1 * gradient;
            both[1][at] = 0.99 * both[1][at] + 0.01 * gradient * gradient;
            ahead[at] = ahead(both[0][at], both[1][at], step);
        }
        mixture.move(ahead);
    }

    private static double ahead(double mean, double square, int step) {
        double size = Math.sqrt(square / (1 - Math.pow(0.99, step + 1)));
        return size > 0 ? -FIRST_STEP * Math.pow(DECAY, step) * mean / (1 - Math.pow(0.9, step + 1)) / size : 0;
    }
}
