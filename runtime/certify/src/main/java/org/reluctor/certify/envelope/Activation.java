package org.reluctor.certify.envelope;

import org.reluctor.certify.interval.Box;

/** A rising {@link Curve} with all that bounds need of it. */
public interface Activation extends Univariate, Curve {
    @Override
    default double slopeAbove(double low, double high) {
        if (low == high) {
            return 0;
        }
        AffineNeuron identity = new AffineNeuron(new double[] {1}, 0, new Box(new double[] {low}, new double[] {high}));
        double[] middle = {identity.box().middle(0)};
        return ConcaveEnvelope.support(this, identity, middle).coefficients()[0];
    }

    /** For ReLU 1 or 0, whichever leaves the smaller area (DeepPoly, Singh et al. 2019). */
    @Override
    default double slopeBelow(double low, double high) {
        return reflected().slopeAbove(-high, -low);
    }

    @Override
    default Hyperplane supportAbove(AffineNeuron neuron, double[] point) {
        return ConcaveEnvelope.support(this, neuron, point);
    }

    /** Convex and concave change places, and so do the two envelopes. */
    @Override
    default Activation reflected() {
        return new ReflectedActivation(this);
    }
}
