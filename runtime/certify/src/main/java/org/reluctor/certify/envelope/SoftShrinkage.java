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

    private static double held(double z, double low, double high) {
        return Math.min(high, Math.max(low, z));
    }
}
