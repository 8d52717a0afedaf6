package org.reluctor.certify.bound;

import org.reluctor.certify.graph.ActivationLayer;
import org.reluctor.certify.interval.Box;

/**
 * Two lines for every neuron of an activation layer: upperSlope·z + upperIntercept above σ(z), and one below, both on
 * the whole interval of z. Intercepts are rounded outward for whatever slopes there are.
 */
final class Relaxation {
    private static final double DIFFERENCE = 0x1p-20;

    final double[] upperSlope;
    final double[] upperIntercept;
    final double[] lowerSlope;
    final double[] lowerIntercept;
    private final ActivationLayer layer;
    private final Box box;

    /** With slopes chosen by the interval alone. */
    Relaxation(ActivationLayer layer, Box box) {
        this.layer = layer;
        this.box = box;
        int size = box.size();
        upperSlope = new double[size];
        upperIntercept = new double[size];
        lowerSlope = new double[size];
        lowerIntercept = new double[size];
        for (int at = 0; at < size; at++) {
            double low = box.low()[at];
            double high = box.high()[at];
            setUpper(at, layer.function(at).slopeAbove(low, high));
            setLower(at, layer.function(at).slopeBelow(low, high));
        }
    }

    private Relaxation(Relaxation other) {
        layer = other.layer;
        box = other.box;
        upperSlope = other.upperSlope.clone();
        upperIntercept = other.upperIntercept.clone();
        lowerSlope = other.lowerSlope.clone();
        lowerIntercept = other.lowerIntercept.clone();
    }

    /** The same with lines that may be changed. */
    Relaxation copy() {
        return new Relaxation(this);
    }

    /** Another slope of the line above. */
    void setUpper(int at, double slope) {
        upperSlope[at] = slope;
        upperIntercept[at] = layer.function(at).mostOver(slope, box.low()[at], box.high()[at]);
    }

    /** How the intercept of the line above changes with its slope, about. */
    double upperChange(int at) {
        return (layer.function(at).mostOver(upperSlope[at] + DIFFERENCE, box.low()[at], box.high()[at])
                - upperIntercept[at]) / DIFFERENCE;
    }

    /** How the intercept of the line below changes with its slope, about. */
    double lowerChange(int at) {
        return (layer.function(at).leastOver(lowerSlope[at] + DIFFERENCE, box.low()[at], box.high()[at])
                - lowerIntercept[at]) / DIFFERENCE;
    }

    /** Another slope of the line below. */
    void setLower(int at, double slope) {
        lowerSlope[at] = slope;
        lowerIntercept[at] = layer.function(at).leastOver(slope, box.low()[at], box.high()[at]);
    }
}
