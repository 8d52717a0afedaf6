package org.reluctor.certify.envelope;

/**
 * A scalar function that is convex up to one point and concave from there on, either part possibly empty. Such a
 * function has on every interval the concave envelope "a secant, then the function itself" that the theorem asks for
 * (arXiv 2410.23362, Definition of STFE). Implementations are immutable.
 */
public interface Activation {
    /** The value, correctly rounded or nearly so. */
    double value(double z);

    /** At least the exact value. */
    double valueUp(double z);

    /** At most the exact value. */
    double valueDown(double z);

    /** The derivative, from the right where there are two. */
    double slope(double z);

    /** Convex below, concave above; +∞ where convex everywhere, -∞ where concave everywhere. */
    double inflection();

    /** At least the largest σ(z) - slope·z on [low, high]. */
    double mostOver(double slope, double low, double high);

    /** At most the smallest σ(z) - slope·z on [low, high]. */
    double leastOver(double slope, double low, double high);

    /** The function -σ(-z): convex and concave change places, and so do the two envelopes. */
    default Activation reflected() {
        return new ReflectedActivation(this);
    }
}
