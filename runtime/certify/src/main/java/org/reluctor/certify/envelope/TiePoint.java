package org.reluctor.certify.envelope;

/** Where the concave envelope of an activation on an interval changes from a secant to the function itself. */
final class TiePoint {
    private TiePoint() {
    }

    /**
     * The tie point ẑ of the concave envelope on [low, high] (arXiv 2410.23362, STFE property): the secant from low
     * touches σ there. {@code high} where the secant spans the interval, {@code low} where σ is concave on all of it.
     */
    static double of(Curve activation, double low, double high) {
        if (low >= activation.inflection()) {
            return low;
        }
        if (high <= activation.inflection() || aboveTangent(activation, low, high)) {
            return high;
        }
        return Bisection.lastRight(z -> aboveTangent(activation, low, z),
                Math.max(activation.inflection(), low), high);
    }

    /** Whether σ'(z)·(z - low) is more than σ(z) - σ(low), so that the secant from low still steepens at z. */
    private static boolean aboveTangent(Curve activation, double low, double z) {
        return activation.slope(z) * (z - low) > activation.value(z) - activation.value(low);
    }
}
