package org.reluctor.certify.bound;

import org.reluctor.certify.envelope.Activation;
import org.reluctor.certify.interval.Box;

/**
 * Two lines for every neuron of an activation layer: upperSlope·z + upperIntercept above σ(z), and one below, both on
 * the whole interval of z. Intercepts are rounded outward for whatever slopes there are.
 */
final class Relaxation {
    final double[] upperSlope;
    final double[] upperIntercept;
    final double[] lowerSlope;
    final double[] lowerIntercept;
    private final Activation activation;
    private final Box box;

    /** With slopes chosen by the interval alone. */
    Relaxation(Activation activation, Box box) {
        this.activation = activation;
        this.box = box;
        int size = box.size();
        upperSlope = new double[size];
        upperIntercept = new double[size];
        lowerSlope = new double[size];
        lowerIntercept = new double[size];
        for (int at = 0; at < size; at++) {
            double low = box.low()[at];
            double high = box.high()[at];
            upperSlope[at] = Line.slopeAbove(activation, low, high);
            upperIntercept[at] = activation.mostOver(upperSlope[at], low, high);
            setLower(at, Line.slopeBelow(activation, low, high));
        }
    }

    private Relaxation(Relaxation other) {
        activation = other.activation;
        box = other.box;
        upperSlope = other.upperSlope;
        upperIntercept = other.upperIntercept;
        lowerSlope = other.lowerSlope.clone();
        lowerIntercept = other.lowerIntercept.clone();
    }

    /** The same with lower lines that may be changed. */
    Relaxation copy() {
        return new Relaxation(this);
    }

    /** Another slope of the line below. */
    void setLower(int at, double slope) {
        lowerSlope[at] = slope;
        lowerIntercept[at] = activation.leastOver(slope, box.low()[at], box.high()[at]);
    }

    /** Whether the two lines differ, so that a choice between slopes matters. */
    boolean isOpen(int at) {
        return upperSlope[at] != lowerSlope[at] || upperIntercept[at] > lowerIntercept[at];
    }
}
