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

    /** Slopes of lines that together make the concave envelope on [low, high], or come near it. */
    default double[] slopesAbove(double low, double high) {
        return new double[] {slopeAbove(low, high)};
    }

    /** The same of the convex envelope. */
    default double[] slopesBelow(double low, double high) {
        return new double[] {slopeBelow(low, high)};
    }

    /** Where the function has kinks, ascending: between them it is linear, and without any it is smooth. */
    default double[] kinks() {
        return new double[0];
    }

    /** The supporting hyperplane of the concave envelope of σ(w·x + b) at a point of the box, rounded to nearest. */
    Hyperplane supportAbove(AffineNeuron neuron, double[] point);

    /** The function -σ(-z): bounds from above of it are bounds from below of this one. */
    Univariate reflected();
}
