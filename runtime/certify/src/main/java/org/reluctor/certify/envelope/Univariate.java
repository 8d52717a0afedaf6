package org.reluctor.certify.envelope;

/**
 * A function of one number that rises, nowhere by more than its argument, by what bounds need of it: enclosures of its
 * values, and lines above and below it on an interval. Implementations are immutable.
 */
public interface Univariate {
    /** The value, correctly rounded or nearly so. */
    double value(double z);

    /** At least the exact value. */
    double valueUp(double z);

    /** At most the exact value. */
    double valueDown(double z);

    /** At least the largest σ(z) - slope·z on [low, high]. */
    double mostOver(double slope, double low, double high);

    /** At most the smallest σ(z) - slope·z on [low, high]. */
    double leastOver(double slope, double low, double high);

    /** At most every slope on [low, high]. */
    default double leastSlope(double low, double high) {
        return 0;
    }

    /** At least every slope on [low, high]. */
    default double mostSlope(double low, double high) {
        return 1;
    }

    /** Slope of the concave envelope on [low, high] in the middle: of the lines above, the one that is lowest there. */
    double slopeAbove(double low, double high);

    /** Slope of the convex envelope on [low, high] in the middle. */
    double slopeBelow(double low, double high);
}
