package org.reluctor.certify.envelope;

import org.reluctor.certify.interval.Box;

/**
 * A scalar function that is convex up to one point and concave from there on, either part possibly empty. Such a
 * function has on every interval the concave envelope "a secant, then the function itself" that the theorem asks for
 * (arXiv 2410.23362, Definition of STFE). Implementations are immutable.
 */
public interface Activation extends Univariate {
    /** The derivative, from the right where there are two. */
    double slope(double z);

    /** Convex below, concave above; +∞ where convex everywhere, -∞ where concave everywhere. */
    double inflection();

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

    /** The function -σ(-z): convex and concave change places, and so do the two envelopes. */
    default Activation reflected() {
        return new ReflectedActivation(this);
    }
}
