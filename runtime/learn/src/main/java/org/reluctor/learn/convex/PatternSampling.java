package org.reluctor.learn.convex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.reluctor.learn.algebra.Samples;

/**
 * Random gates: Gaussian vectors g, so that every pattern has a positive chance. The inputs' last element is 1, the
 * gate's bias. Where shares are given, the bias is not drawn but set so that the gate opens for that share of the
 * inputs (their quantile along g), the shares taking turns.
 *
 * @param gates        how many vectors are drawn; equal patterns and empty ones drop out
 * @param seed         of the draws
 * @param activeShares each above 0 and below 1; none: the bias is drawn as the other elements are
 */
public record PatternSampling(int gates, long seed, List<Double> activeShares) {
    public PatternSampling {
        activeShares = List.copyOf(activeShares);
        if (gates < 1) {
            throw new IllegalArgumentException("the number of gates is " + gates + "; right is 1 or more");
        }
        for (double share : activeShares) {
            if (!(share > 0 && share < 1)) {
                throw new IllegalArgumentException("a gate's active share is " + share
                        + "; right is above 0 and below 1");
            }
        }
    }

    /** Gates with drawn biases. */
    public static PatternSampling gaussian(int gates, long seed) {
        return new PatternSampling(gates, seed, List.of());
    }

    /**
     * Draws the gates, rounded to float32 as a network file stores them, and takes their patterns.
     *
     * @throws IllegalArgumentException if shares are given and an input's last element is not 1
     */
    public ActivationPatterns draw(Samples inputs) {
        if (!activeShares.isEmpty()) {
            requireBias(inputs);
        }
        Random random = new Random(seed);
        List<double[]> drawn = new ArrayList<>();
        for (int gate = 0; gate < gates; gate++) {
            double[] vector = new double[inputs.width()];
            for (int at = 0; at < vector.length; at++) {
                vector[at] = random.nextGaussian();
            }
            drawn.add(vector);
        }
        if (!activeShares.isEmpty()) {
            for (int gate = 0; gate < gates; gate++) {
                setBias(drawn.get(gate), inputs, activeShares.get(gate % activeShares.size()));
            }
        }
        drawn.forEach(PatternSampling::roundToFloat32);
        return ActivationPatterns.of(inputs, drawn);
    }

    static void roundToFloat32(double[] gate) {
        for (int at = 0; at < gate.length; at++) {
            gate[at] = (float) gate[at];
        }
    }

    private static void requireBias(Samples inputs) {
        for (int at = inputs.width() - 1; at < inputs.values().length; at += inputs.width()) {
            if (inputs.values()[at] != 1) {
                throw new IllegalArgumentException("input " + at / inputs.width() + " ends in " + inputs.values()[at]
                        + "; gates of a given share need inputs whose last element is 1");
            }
        }
    }

    private static void setBias(double[] gate, Samples inputs, double share) {
        gate[gate.length - 1] = 0;
        double[] projections = new double[inputs.count()];
        for (int sample = 0; sample < projections.length; sample++) {
            for (int at = 0; at < gate.length; at++) {
                projections[sample] += inputs.values()[sample * gate.length + at] * gate[at];
            }
        }
        Arrays.sort(projections);
        int closed = (int) Math.min(projections.length - 1, Math.round((1 - share) * projections.length));
        double below = closed == 0 ? projections[0] - 1 : projections[closed - 1];
        gate[gate.length - 1] = -(below + projections[closed]) / 2;
    }
}
