package org.reluctor.certify.search;

import java.util.SplittableRandom;
import org.reluctor.certify.envelope.Univariate;
import org.reluctor.certify.graph.ActivationLayer;
import org.reluctor.certify.graph.AffineLayer;
import org.reluctor.certify.graph.LayerGraph;
import org.reluctor.certify.interval.Box;

/**
 * Projected gradient ascent (Madry et al., ICLR 2018, (1)) of one element of a layer over a box: each step goes by a
 * share of the box's width in every coordinate, in the direction of the derivative's sign, and is held within the box.
 * Float64; several threads may use one object.
 */
public final class GradientSearch {
    /** The first step may cross all of the box. */
    private static final double FIRST_STEP = 1;
    private static final double DECAY = 0.75;
    /** Of the distance of two ends: small against a kink's place, large against rounding. */
    private static final double DIFFERENCE = 1e-6;

    private final LayerGraph graph;
    private final Box input;
    private final int steps;

    /** @param steps of one ascent, each one evaluation and one walk back */
    public GradientSearch(LayerGraph graph, Box input, int steps) {
        this.graph = graph;
        this.input = input;
        this.steps = steps;
    }

    /** A start drawn at random: within the box, or one of its corners. */
    public double[] start(SplittableRandom random) {
        double[] x = new double[input.size()];
        boolean corner = random.nextBoolean();
        for (int at = 0; at < x.length; at++) {
            double place = corner ? random.nextInt(2) : random.nextDouble();
            x[at] = within(at, input.low()[at] + place * input.width(at));
        }
        return x;
    }

    /**
     * Ascends from a start, which is overwritten by the end.
     *
     * @param sign 1 for the largest value of the element, -1 for the smallest
     * @return all layers' values at the end
     */
    public double[][] ascend(double[] x, int layer, int element, int sign) {
        double[][] best = graph.evaluate(x.clone());
        double[][] values = best;
        double step = FIRST_STEP;
        for (int at = 0; at < steps; at++) {
            double[] slope = gradient(values, layer, element);
            for (int j = 0; j < x.length; j++) {
                x[j] = within(j, values[0][j] + sign * step * input.width(j) * Math.signum(slope[j]));
            }
            values = graph.evaluate(x.clone());
            best = sign * values[layer][element] > sign * best[layer][element] ? values : best;
            step *= DECAY;
        }
        System.arraycopy(best[0], 0, x, 0, x.length);
        return best;
    }

    private double within(int at, double value) {
        return Math.min(input.high()[at], Math.max(input.low()[at], value));
    }

    /** The derivative of an element by the input, where the layers have these values. */
    double[] gradient(double[][] values, int layer, int element) {
        double[][] slopes = new double[layer + 1][];
        slopes[layer] = new double[graph.layer(layer).size()];
        slopes[layer][element] = 1;
        for (int at = layer; at > 0; at--) {
            double[] slope = slopes[at];
            if (slope != null && graph.layer(at) instanceof AffineLayer affine) {
                affine.terms().forEach(term -> term.map().addTransposed(slope, target(slopes, term.source())));
            } else if (slope != null) {
                ActivationLayer activation = (ActivationLayer) graph.layer(at);
                double[] target = target(slopes, activation.source());
                for (int i = 0; i < slope.length; i++) {
                    target[i] += slope[i] == 0 ? 0
                            : slope[i] * slopeAt(activation.function(i), values[activation.source()][i]);
                }
            }
        }
        return slopes[0] == null ? new double[input.size()] : slopes[0];
    }

    private double[] target(double[][] slopes, int source) {
        if (slopes[source] == null) {
            slopes[source] = new double[graph.layer(source).size()];
        }
        return slopes[source];
    }

    private static double slopeAt(Univariate function, double z) {
        double distance = DIFFERENCE * Math.max(1, Math.abs(z));
        return (function.value(z + distance) - function.value(z - distance)) / (2 * distance);
    }
}
