package org.reluctor.certify.bound;

import org.reluctor.certify.envelope.Activation;
import org.reluctor.certify.envelope.AffineNeuron;
import org.reluctor.certify.envelope.ConcaveEnvelope;
import org.reluctor.certify.interval.Box;

/** Slopes of lines above and below an activation on an interval; intercepts are the activation's own affair. */
final class Line {
    private static final double[] IDENTITY = {1};

    private Line() {
    }

    /** Slope of the concave envelope in the middle: for a convex activation the secant. */
    static double slopeAbove(Activation activation, double low, double high) {
        return slope(activation, low, high);
    }

    /** Slope of the convex envelope in the middle: for ReLU 1 or 0, whichever leaves the smaller area (DeepPoly). */
    static double slopeBelow(Activation activation, double low, double high) {
        return slope(activation.reflected(), -high, -low);
    }

    private static double slope(Activation activation, double low, double high) {
        if (low == high) {
            return 0;
        }
        AffineNeuron neuron = new AffineNeuron(IDENTITY, 0, new Box(new double[] {low}, new double[] {high}));
        double middle = neuron.box().middle(0);
        return ConcaveEnvelope.support(activation, neuron, new double[] {middle}).coefficients()[0];
    }
}
