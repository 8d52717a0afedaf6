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

    /** Another slope of the line below. */
    void setLower(int at, double slope) {
        lowerSlope[at] = slope;
        lowerIntercept[at] = layer.function(at).leastOver(slope, box.low()[at], box.high()[at]);
    }

    /** Another slope of either. */
    void set(int at, boolean above, double slope) {
        if (above) {
            setUpper(at, slope);
        } else {
            setLower(at, slope);
        }
    }

    /** Value of the line above or below, rounded. */
    double at(int neuron, boolean above, double z) {
        return above ? upperSlope[neuron] * z + upperIntercept[neuron]
                : lowerSlope[neuron] * z + lowerIntercept[neuron];
    }

    /**
     * The least and the largest slope of a line that touches the envelope: any other line is worse everywhere. They
     * are the same where there is nothing to choose.
     */
    double[] slopes(int at, boolean above) {
        double low = box.low()[at];
        double high = box.high()[at];
        double[] touching = above ? layer.function(at).slopesAbove(low, high)
                : layer.function(at).slopesBelow(low, high);
        double[] range = {touching[0], touching[0]};
        for (double slope : touching) {
            range[0] = Math.min(range[0], slope);
            range[1] = Math.max(range[1], slope);
        }
        return range;
    }

    /** How the intercept changes with the slope, about, when it moves from where it is into that range of slopes. */
    double change(int at, boolean above, double... range) {
        double slope = above ? upperSlope[at] : lowerSlope[at];
        double inwards = slope > 0.5 * (range[0] + range[1]) ? -DIFFERENCE : DIFFERENCE;
        double moved = slope + inwards * (range[1] - range[0]);
        double intercept = above ? layer.function(at).mostOver(moved, box.low()[at], box.high()[at])
                : layer.function(at).leastOver(moved, box.low()[at], box.high()[at]);
        return (intercept - (above ? upperIntercept[at] : lowerIntercept[at])) / (moved - slope);
    }
}
