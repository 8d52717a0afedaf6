package org.reluctor.certify.envelope;

import org.reluctor.certify.interval.Outward;

/**
 * The smooth activations. Values come from {@link StrictMath}'s exp, expm1, log1p and tanh, which are within 1 ulp
 * (tanh: 2.5) by their specification; enclosures allow for {@value #ALLOWANCE_ULPS} ulps of each intermediate result.
 */
public enum SmoothActivation implements Activation {
    /** Hyperbolic tangent. */
    TANH(0) {
        @Override
        public double value(double z) {
            return StrictMath.tanh(z);
        }

        @Override
        public double slope(double z) {
            double cosh = StrictMath.cosh(z);
            return 1 / (cosh * cosh);
        }

        @Override
        double least() {
            return -1;
        }

        @Override
        double most() {
            return 1;
        }
    },
    /** 1 / (1 + e^-z). */
    SIGMOID(0) {
        @Override
        public double value(double z) {
            return z >= 0 ? 1 / (1 + StrictMath.exp(-z)) : StrictMath.exp(z) / (1 + StrictMath.exp(z));
        }

        @Override
        public double slope(double z) {
            double decay = StrictMath.exp(-Math.abs(z));
            return decay / ((1 + decay) * (1 + decay));
        }

        @Override
        double least() {
            return 0;
        }

        @Override
        double most() {
            return 1;
        }
    },
    /** ln(1 + e^z). */
    SOFTPLUS(Double.POSITIVE_INFINITY) {
        @Override
        public double value(double z) {
            return Math.max(z, 0) + StrictMath.log1p(StrictMath.exp(-Math.abs(z)));
        }

        @Override
        public double slope(double z) {
            return SIGMOID.value(z);
        }

        @Override
        double least() {
            return 0;
        }

        @Override
        double most() {
            return Double.POSITIVE_INFINITY;
        }
    },
    /** z above 0, e^z - 1 below: the exponential linear unit of scale 1, the largest for which it is convex. */
    ELU(Double.POSITIVE_INFINITY) {
        @Override
        public double value(double z) {
            return z >= 0 ? z : StrictMath.expm1(z);
        }

        @Override
        public double slope(double z) {
            return z >= 0 ? 1 : StrictMath.exp(z);
        }

        @Override
        double least() {
            return -1;
        }

        @Override
        double most() {
            return Double.POSITIVE_INFINITY;
        }
    };

    private static final int ALLOWANCE_ULPS = 16;

    private final double inflection;

    SmoothActivation(double inflection) {
        this.inflection = inflection;
    }

    /** The infimum of all values. */
    abstract double least();

    /** The supremum of all values. */
    abstract double most();

    @Override
    public double valueUp(double z) {
        double value = value(z);
        return Math.min(most(), value + ALLOWANCE_ULPS * Math.ulp(value));
    }

    @Override
    public double valueDown(double z) {
        double value = value(z);
        return Math.max(least(), value - ALLOWANCE_ULPS * Math.ulp(value));
    }

    @Override
    public double inflection() {
        return inflection;
    }

    @Override
    public double mostOver(double slope, double low, double high) {
        double most = Double.NEGATIVE_INFINITY;
        if (low < inflection) {
            // Convex less linear: most at an end.
            most = Math.max(overUp(slope, low), overUp(slope, Math.min(high, inflection)));
        }
        if (high > inflection) {
            most = Math.max(most, mostOfConcave(slope, Math.max(low, inflection), high));
        }
        return most;
    }

    /** The reflected function's largest, with the two parts in each other's place. */
    @Override
    public double leastOver(double slope, double low, double high) {
        double least = Double.POSITIVE_INFINITY;
        if (high > inflection) {
            least = Math.min(overDown(slope, Math.max(low, inflection)), overDown(slope, high));
        }
        if (low < inflection) {
            least = Math.min(least, leastOfConvex(slope, low, Math.min(high, inflection)));
        }
        return least;
    }

    /** By the tangent where the slope is about the given one: it lies above, and is most at an end. */
    private double mostOfConcave(double slope, double low, double high) {
        double touch = Bisection.pointOfSlope(this, slope, low, high);
        double value = valueUp(touch);
        double atLow = Outward.addUp(value, -Outward.mulDown(slopeUpOrDown(touch, false), less(touch - low)));
        double atHigh = Outward.addUp(value, Outward.mulUp(slopeUpOrDown(touch, true), Math.nextUp(high - touch)));
        return Math.max(Outward.addUp(atLow, Outward.mulUp(-slope, low)),
                Outward.addUp(atHigh, Outward.mulUp(-slope, high)));
    }

    private double leastOfConvex(double slope, double low, double high) {
        double touch = -Bisection.pointOfSlope(reflected(), slope, -high, -low);
        double value = valueDown(touch);
        double atLow = Outward.addDown(value, -Outward.mulUp(slopeUpOrDown(touch, true), Math.nextUp(touch - low)));
        double atHigh = Outward.addDown(value, Outward.mulDown(slopeUpOrDown(touch, false), less(high - touch)));
        return Math.min(Outward.addDown(atLow, Outward.mulDown(-slope, low)),
                Outward.addDown(atHigh, Outward.mulDown(-slope, high)));
    }

    private static double less(double distance) {
        return Math.max(0, Math.nextDown(distance));
    }

    private double slopeUpOrDown(double z, boolean up) {
        double slope = slope(z);
        double allowance = ALLOWANCE_ULPS * Math.ulp(slope) + Double.MIN_NORMAL;
        return up ? slope + allowance : Math.max(0, slope - allowance);
    }

    private double overUp(double slope, double z) {
        return Outward.addUp(valueUp(z), Outward.mulUp(-slope, z));
    }

    private double overDown(double slope, double z) {
        return Outward.addDown(valueDown(z), Outward.mulDown(-slope, z));
    }
}
