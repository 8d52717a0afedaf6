package org.reluctor.certify.envelope;

import org.reluctor.certify.interval.Box;
import org.reluctor.certify.interval.Outward;

/**
 * The affine part w·x + b of a neuron on a box. The corner where it is least is called the start, the opposite one the
 * end.
 *
 * @param weights w, finite; shared, not copied
 * @param bias    b, finite
 * @param box     of as many coordinates as there are weights
 */
public record AffineNeuron(double[] weights, double bias, Box box) {
    public AffineNeuron {
        if (weights.length != box.size()) {
            throw new IllegalArgumentException(weights.length + " weights on a box of " + box.size()
                    + " coordinates");
        }
    }

    public int size() {
        return weights.length;
    }

    /** Coordinate of the corner where w·x is least. */
    double start(int at) {
        return weights[at] >= 0 ? box.low()[at] : box.high()[at];
    }

    /** Coordinate of the corner where w·x is most. */
    double end(int at) {
        return weights[at] >= 0 ? box.high()[at] : box.low()[at];
    }

    /** |w|·width: what the coordinate adds to w·x between start and end; rounded. */
    double rise(int at) {
        return weights[at] * (end(at) - start(at));
    }

    /** How far the point is on its way from start to end, 0 to 1; only where the coordinate rises. */
    double position(int at, double coordinate) {
        double way = (coordinate - start(at)) / (end(at) - start(at));
        return Math.min(1, Math.max(0, way));
    }

    /** w·x + b, rounded. */
    double at(double[] point) {
        double sum = bias;
        for (int i = 0; i < weights.length; i++) {
            sum = Math.fma(weights[i], point[i], sum);
        }
        return sum;
    }

    /** The value at the start, rounded. */
    double atStart() {
        double sum = bias;
        for (int i = 0; i < weights.length; i++) {
            sum = Math.fma(weights[i], start(i), sum);
        }
        return sum;
    }

    /** At least the largest value on the box. */
    public double most() {
        double sum = bias;
        for (int i = 0; i < weights.length; i++) {
            sum = Outward.addUp(sum, Outward.productUp(weights[i], box.low()[i], box.high()[i]));
        }
        return sum;
    }

    /** At most the smallest value on the box. */
    public double least() {
        double sum = bias;
        for (int i = 0; i < weights.length; i++) {
            sum = Outward.addDown(sum, Outward.productDown(weights[i], box.low()[i], box.high()[i]));
        }
        return sum;
    }

    /** -w·x - b on the same box: with a reflected activation it makes upper bounds of lower ones. */
    AffineNeuron negated() {
        double[] negative = new double[weights.length];
        for (int at = 0; at < negative.length; at++) {
            negative[at] = -weights[at];
        }
        return new AffineNeuron(negative, -bias, box);
    }
}
