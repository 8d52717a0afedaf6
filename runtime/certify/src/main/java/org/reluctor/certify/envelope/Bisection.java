package org.reluctor.certify.envelope;

import java.util.function.DoublePredicate;

/** Halving of intervals until float64 has no number between their ends. */
final class Bisection {
    /** From the largest to the smallest float64 there are fewer halvings of an interval than this. */
    private static final int MOST_STEPS = 200;

    private Bisection() {
    }

    /** The right end of the last interval, where the predicate holds at the left and no longer at the right. */
    static double lastRight(DoublePredicate holds, double left, double right) {
        double low = left;
        double high = right;
        for (int step = 0; step < MOST_STEPS; step++) {
            double middle = low + 0.5 * (high - low);
            if (middle <= low || middle >= high) {
                return high;
            }
            if (holds.test(middle)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** Where the slope of a concave part falls to that value, held between the bounds. */
    static double pointOfSlope(Curve activation, double slope, double low, double high) {
        if (activation.slope(low) <= slope) {
            return low;
        }
        return activation.slope(high) >= slope ? high
                : lastRight(z -> activation.slope(z) > slope, low, high);
    }
}
