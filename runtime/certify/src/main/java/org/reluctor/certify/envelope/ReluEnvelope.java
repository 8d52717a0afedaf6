package org.reluctor.certify.envelope;

import java.util.Arrays;

/**
 * The concave envelope of max(0, w·x + b) on a box in O(n), by selection in place of sorting (Anderson et al. 2020;
 * Tjandraatmadja et al. 2020, Appendix A). With the coordinates by ascending position, those whose rise fits
 * below the largest pre-activation keep their full weight in the cut, the next one gets what is left, and all others
 * nothing: only that next one must be found, not the order.
 */
public final class ReluEnvelope {
    private final AffineNeuron neuron;
    private final double[] positions;
    private final int[] order;
    /** Of the last partition: the first of the elements equal to its pivot, and the first above. */
    private int equalFrom;
    private int equalTo;

    private ReluEnvelope(AffineNeuron neuron, double[] point) {
        this.neuron = neuron;
        positions = new double[neuron.size()];
        int[] rising = new int[neuron.size()];
        int count = 0;
        for (int at = 0; at < positions.length; at++) {
            if (neuron.rise(at) > 0) {
                positions[at] = neuron.position(at, point[at]);
                rising[count++] = at;
            }
        }
        order = Arrays.copyOf(rising, count);
    }

    /** The supporting hyperplane at a point of the box, as {@link ConcaveEnvelope#support} gives it for ReLU. */
    public static Hyperplane support(AffineNeuron neuron, double[] point) {
        if (neuron.most() <= 0) {
            return new Hyperplane(new double[neuron.size()], 0);
        }
        if (neuron.least() >= 0) {
            return new Hyperplane(neuron.weights(), neuron.bias());
        }
        return new ReluEnvelope(neuron, point).cut();
    }

    private Hyperplane cut() {
        double left = neuron.atStart();
        for (int at : order) {
            left += neuron.rise(at);
        }
        int first = 0;
        int last = order.length - 1;
        // Coordinates before first fit together, those from first to last do not; left is what those before leave.
        while (first < last) {
            partition(first, last);
            double below = mass(first, equalFrom);
            if (below > left) {
                last = equalFrom - 1;
            } else {
                left -= below;
                first = equalFrom;
                while (first < equalTo && neuron.rise(order[first]) <= left) {
                    left -= neuron.rise(order[first++]);
                }
                last = first < equalTo ? first : last;
            }
        }
        return through(first, Math.max(0, left));
    }

    private double mass(int from, int to) {
        double sum = 0;
        for (int at = from; at < to; at++) {
            sum += neuron.rise(order[at]);
        }
        return sum;
    }

    /** The first {@code first} of the order at full weight, the next one with what is left. */
    private Hyperplane through(int first, double left) {
        double[] coefficients = new double[neuron.size()];
        double intercept = 0;
        for (int at = 0; at < first; at++) {
            coefficients[order[at]] = neuron.weights()[order[at]];
        }
        if (first < order.length) {
            int partial = order[first];
            double share = Math.min(1, left / neuron.rise(partial));
            coefficients[partial] = share * neuron.weights()[partial];
        }
        for (int at = 0; at <= first && at < order.length; at++) {
            intercept -= coefficients[order[at]] * neuron.start(order[at]);
        }
        return new Hyperplane(coefficients, intercept);
    }

    /**
     * Brings what lies below the middle element's position to the front and what lies above to the back. Equal ones
     * stay together in between: at a solver's vertices most positions are 0 or 1.
     */
    private void partition(int first, int last) {
        double pivot = positions[order[(first + last) >>> 1]];
        equalFrom = first;
        equalTo = last + 1;
        int at = first;
        while (at < equalTo) {
            double position = positions[order[at]];
            if (position < pivot) {
                swap(at++, equalFrom++);
            } else if (position > pivot) {
                swap(at, --equalTo);
            } else {
                at++;
            }
        }
    }

    private void swap(int a, int b) {
        int held = order[a];
        order[a] = order[b];
        order[b] = held;
    }
}
