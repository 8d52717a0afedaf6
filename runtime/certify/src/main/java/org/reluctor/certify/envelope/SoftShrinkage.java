package org.reluctor.certify.envelope;

import org.reluctor.certify.interval.Outward;

/**
 * The soft threshold: z - t above t, z + t below -t, 0 between. As one function it stays within t of z, whatever the
 * interval; relaxed as two ReLUs it would be off by a share of the interval's width.
 *
 * @param threshold t, 0 or more, finite
 */
public record SoftShrinkage(double threshold) implements Univariate {
    public SoftShrinkage {
        if (!(threshold >= 0) || Double.isInfinite(threshold)) {
            throw new IllegalArgumentException("threshold " + threshold + "; must be finite and 0 or more");
        }
    }

    @Override
    public double value(double z) {
        return z > threshold ? z - threshold : Math.min(z + threshold, 0);
    }

    @Override
    public double valueUp(double z) {
        return z > threshold ? Outward.addUp(z, -threshold) : Math.min(Outward.addUp(z, threshold), 0);
    }

    @Override
    public double valueDown(double z) {
        return z > threshold ? Math.max(0, Outward.addDown(z, -threshold))
                : Math.min(Outward.addDown(z, threshold), 0);
    }

    @Override
    public double leastSlope(double low, double high) {
        return low >= threshold || high <= -threshold ? 1 : 0;
    }

    @Override
    public double mostSlope(double low, double high) {
        return low >= -threshold && high <= threshold && threshold > 0 ? 0 : 1;
    }

    /** Piecewise linear: most at an end or a kink. */
    @Override
    public double mostOver(double slope, double low, double high) {
        double most = Math.max(overUp(slope, low), overUp(slope, high));
        for (double kink : new double[] {-threshold, threshold}) {
            most = kink > low && kink < high ? Math.max(most, overUp(slope, kink)) : most;
        }
        return most;
    }

    /** An odd function. */
    @Override
    public double leastOver(double slope, double low, double high) {
        return -mostOver(slope, -high, -low);
    }

    private double overUp(double slope, double z) {
        return Outward.addUp(valueUp(z), Outward.mulUp(-slope, z));
    }

    /** Of the chords between ends and kinks, the highest in the middle is the envelope's. */
    @Override
    public double slopeAbove(double low, double high) {
        double middle = low + 0.5 * (high - low);
        double[] corners = {low, held(-threshold, low, high), held(threshold, low, high), high};
        double best = Double.NEGATIVE_INFINITY;
        double slope = 0;
        for (double left : corners) {
            for (double right : corners) {
                if (left <= middle && middle <= right && left < right) {
                    double chord = (value(right) - value(left)) / (right - left);
                    double height = value(left) + chord * (middle - left);
                    slope = height > best ? chord : slope;
                    best = Math.max(best, height);
                }
            }
        }
        return slope;
    }

    @Override
    public double slopeBelow(double low, double high) {
        return slopeAbove(-high, -low);
    }

    /** From the lower end up to -t with the function, and from there in one secant to the upper end. */
    @Override
    public double[] slopesAbove(double low, double high) {
        if (high <= threshold) {
            return low < -threshold && high > -threshold ? new double[] {1, 0}
                    : new double[] {slopeAbove(low, high)};
        }
        double corner = Math.max(-threshold, low);
        double secant = (value(high) - value(corner)) / (high - corner);
        return corner > low ? new double[] {1, secant} : new double[] {secant};
    }

    @Override
    public double[] slopesBelow(double low, double high) {
        return slopesAbove(-high, -low);
    }

    @Override
    public double[] kinks() {
        return threshold == 0 ? new double[0] : new double[] {-threshold, threshold};
    }

    /**
     * The function is concave, then convex; as a function of -z it is convex, then concave, and falls. Its envelope is
     * that of the negated neuron, in which both ReLUs that it is made of are relaxed together.
     */
    @Override
    public Hyperplane supportAbove(AffineNeuron neuron, double[] point) {
        return ConcaveEnvelope.support(new Mirrored(this), neuron.negated(), point);
    }

    /** It is odd. */
    @Override
    public SoftShrinkage reflected() {
        return this;
    }

    /** S(-z). */
    private record Mirrored(SoftShrinkage original) implements Curve {
        @Override
        public double value(double z) {
            return original.value(-z);
        }

        @Override
        public double slope(double z) {
            return z < -original.threshold || z >= original.threshold ? -1 : 0;
        }

        @Override
        public double inflection() {
            return 0;
        }
    }

    private static double held(double z, double low, double high) {
        return Math.min(high, Math.max(low, z));
    }
}
