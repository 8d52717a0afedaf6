package org.reluctor.certify.envelope;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The corners of the box on the way from start to end in the order of a point's positions, the furthest coordinate
 * first: the unrolled recursion of arXiv 2410.23362, Theorem 1. In its words, corner k is the corner p = 0 of the facet
 * on which the k foremost coordinates are 1.
 */
final class CornerWalk {
    private final AffineNeuron neuron;
    /** Coordinates that rise, by descending position; ties by index, so that the walk is always the same. */
    private final int[] order;
    /** Positions in that order, behind a leading 1. */
    private final double[] positions;
    /** Pre-activation at each corner. */
    private final double[] corners;
    /** What the coordinates behind the first k add at the point. */
    private final double[] rest;

    CornerWalk(AffineNeuron neuron, double[] point) {
        this.neuron = neuron;
        Integer[] rising = risingCoordinates(neuron);
        double[] all = new double[neuron.size()];
        for (int at : rising) {
            all[at] = neuron.position(at, point[at]);
        }
        Arrays.sort(rising, Comparator.comparingDouble((Integer at) -> -all[at]).thenComparing(at -> at));
        order = Arrays.stream(rising).mapToInt(Integer::intValue).toArray();
        positions = new double[order.length + 1];
        corners = new double[order.length + 1];
        rest = new double[order.length + 1];
        positions[0] = 1;
        corners[0] = neuron.atStart();
        for (int k = 1; k <= order.length; k++) {
            positions[k] = all[order[k - 1]];
            corners[k] = corners[k - 1] + neuron.rise(order[k - 1]);
        }
        for (int k = order.length - 1; k >= 0; k--) {
            rest[k] = rest[k + 1] + neuron.rise(order[k]) * positions[k + 1];
        }
    }

    private static Integer[] risingCoordinates(AffineNeuron neuron) {
        return IntStream.range(0, neuron.size()).filter(at -> neuron.rise(at) > 0).boxed()
                .toArray(Integer[]::new);
    }

    /** How many coordinates rise. */
    int size() {
        return order.length;
    }

    /** t_k. */
    double corner(int k) {
        return corners[k];
    }

    /** t_n, the pre-activation at the end. */
    double end() {
        return corners[order.length];
    }

    /** m_k = t_k + S_k / q_k: the mean pre-activation on the face where the first k coordinates are 1. */
    double mean(int k) {
        return positions[k] == 0 ? Double.POSITIVE_INFINITY : corners[k] + rest[k] / positions[k];
    }

    /**
     * The hyperplane through the given values at the first corners, and with slope g along w·x behind them.
     *
     * @param values at corners 0 to k
     * @param slope  g
     */
    Hyperplane through(double[] values, double slope) {
        int k = values.length - 1;
        double[] coefficients = new double[neuron.size()];
        double intercept = values[0];
        for (int j = 0; j < order.length; j++) {
            int at = order[j];
            // A slope along w·x is that multiple of the weight; dividing by the width would only add rounding.
            coefficients[at] = j < k ? (values[j + 1] - values[j]) / (neuron.end(at) - neuron.start(at))
                    : slope * neuron.weights()[at];
            intercept -= coefficients[at] * neuron.start(at);
        }
        return new Hyperplane(coefficients, intercept);
    }
}
