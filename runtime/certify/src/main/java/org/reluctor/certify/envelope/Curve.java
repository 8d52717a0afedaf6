package org.reluctor.certify.envelope;

/**
 * A scalar function that is convex up to one point and concave from there on, either part possibly empty. Such a
 * function has on every interval the concave envelope "a secant, then the function itself" that the theorem asks for
 * (arXiv 2410.23362, Definition of STFE); whether it rises or falls does not matter. Implementations are immutable.
 */
interface Curve {
    /** The value, correctly rounded or nearly so. */
    double value(double z);

    /** The derivative, from the right where there are two. */
    double slope(double z);

    /** Convex below, concave above; +∞ where convex everywhere, -∞ where concave everywhere. */
    double inflection();
}
