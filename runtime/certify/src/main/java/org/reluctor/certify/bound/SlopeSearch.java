package org.reluctor.certify.bound;

import java.util.HashMap;
import java.util.Map;
import org.reluctor.certify.graph.ActivationLayer;
import org.reluctor.certify.graph.LayerGraph;

/**
 * Slopes that make one bound small, by projected gradient steps (Xu et al., "Fast and complete", ICLR 2021, optimise
 * them so; the step rule is Adam's). The derivative by a slope is the neuron's coefficient times the pre-activation at
 * the point where the bound is reached, and what the intercept changes. Moved are the slopes below kinked ReLUs and on
 * both sides of soft thresholds, from 0 to 1; the best line above a ReLU is its secant.
 */
final class SlopeSearch {
    private static final double FIRST_STEP = 0.25;
    private static final double DECAY = 0.9;

    private final LayerBounds bounds;
    private final BackwardPass pass;
    private final int layer;
    private final double[] objective;
    private final Map<Integer, double[]> means = new HashMap<>();
    private final Map<Integer, double[]> squares = new HashMap<>();
    private double best = Double.POSITIVE_INFINITY;
    private Lines bestLines;

    SlopeSearch(LayerBounds bounds, BackwardPass pass, int layer, double[] objective) {
        this.bounds = bounds;
        this.pass = pass;
        this.layer = layer;
        this.objective = objective;
    }

    /** The best bound found from these lines; they are changed. */
    double search(Lines lines, int steps) {
        means.clear();
        squares.clear();
        for (int step = 0; step <= steps; step++) {
            double bound = pass.upper(layer, objective, lines);
            if (bound < best) {
                best = bound;
                bestLines = lines.copy();
            }
            if (step < steps) {
                move(lines, step);
            }
        }
        return best;
    }

    double best() {
        return best;
    }

    /** The lines of the best bound. */
    Lines bestLines() {
        return bestLines;
    }

    private void move(Lines lines, int step) {
        double[][] values = ForwardPass.values(bounds, pass, lines, layer);
        LayerGraph graph = bounds.graph();
        for (int at = 1; at < layer; at++) {
            if (graph.layer(at) instanceof ActivationLayer activation && pass.coefficients(at) != null) {
                moveLayer(at, activation, values[activation.source()], lines, step);
            }
        }
    }

    private void moveLayer(int at, ActivationLayer activation, double[] source, Lines lines, int step) {
        double[] lambda = pass.coefficients(at);
        double[] mean = means.computeIfAbsent(at, key -> new double[lambda.length]);
        double[] square = squares.computeIfAbsent(at, key -> new double[lambda.length]);
        Relaxation relaxation = lines.editable(at);
        for (int i = 0; i < lambda.length; i++) {
            boolean above = lambda[i] > 0;
            if (lambda[i] == 0 || !bounds.isOpen(activation, i) || above && bounds.isKinked(activation, i)) {
                continue;
            }
            double change = above ? relaxation.upperChange(i) : relaxation.lowerChange(i);
            double gradient = lambda[i] * (source[i] + change);
            mean[i] = 0.9 * mean[i] + 0.1 * gradient;
            square[i] = 0.99 * square[i] + 0.01 * gradient * gradient;
            double size = Math.sqrt(square[i] / (1 - Math.pow(0.99, step + 1)));
            if (size > 0) {
                double ahead = FIRST_STEP * Math.pow(DECAY, step) * mean[i] / (1 - Math.pow(0.9, step + 1)) / size;
                if (above) {
                    relaxation.setUpper(i, Math.min(1, Math.max(0, relaxation.upperSlope[i] - ahead)));
                } else {
                    relaxation.setLower(i, Math.min(1, Math.max(0, relaxation.lowerSlope[i] - ahead)));
                }
            }
        }
    }
}
