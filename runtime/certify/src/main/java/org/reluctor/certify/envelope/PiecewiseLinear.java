package org.reluctor.certify.envelope;

import org.reluctor.certify.interval.Outward;

/**
 * ReLU and leaky ReLU: α·z below 0, z above.
 *
 * @param below α, from 0 to 1, so that the function is convex; 0 is ReLU
 */
public record PiecewiseLinear(double below) implements Activation {
    /** max(z, 0). */
    public static final PiecewiseLinear RELU = new PiecewiseLinear(0);

    public PiecewiseLinear {
        if (!(below >= 0 && below <= 1)) {
            throw new IllegalArgumentException("slope below zero is " + below + "; must be from 0 to 1");
        }
    }

    @Override
    public double value(double z) {
        return z >= 0 ? z : below * z;
    }

    @Override
    public double valueUp(double z) {
        return z >= 0 ? z : Outward.mulUp(below, z);
    }

    @Override
    public double valueDown(double z) {
        return z >= 0 ? z : Outward.mulDown(below, z);
    }

    @Override
    public double slope(double z) {
        return z >= 0 ? 1 : below;
    }

    @Override
    public double leastSlope(double low, double high) {
        return low >= 0 ? 1 : below;
    }

    @Override
    public double mostSlope(double low, double high) {
        return high <= 0 ? below : 1;
    }

    @Override
    public double inflection() {
        return Double.POSITIVE_INFINITY;
    }

    @Override
    public double[] kinks() {
        return new double[] {0};
    }

    /** The secant: the function is convex. */
    @Override
    public double slopeAbove(double low, double high) {
        return low < high ? (value(high) - value(low)) / (high - low) : 0;
    }

    /** That of the piece in the middle. */
    @Override
    public double slopeBelow(double low, double high) {
        return low < high ? slope(low + 0.5 * (high - low)) : 0;
    }

    /** Through the kink both pieces lie below. */
    @Override
    public double[] slopesBelow(double low, double high) {
        return low < 0 && high > 0 ? new double[] {below, 1} : new double[] {slopeBelow(low, high)};
    }

    @Override
    public Hyperplane supportAbove(AffineNeuron neuron, double[] point) {
        return below == 0 ? ReluEnvelope.support(neuron, point) : ConcaveEnvelope.support(this, neuron, point);
    }

    @Override
    public double mostOver(double slope, double low, double high) {
        double ends = Math.max(overUp(slope, low), overUp(slope, high));
        return low < 0 && high > 0 ? Math.max(0, ends) : ends;
    }

    @Override
    public double leastOver(double slope, double low, double high) {
        double ends = Math.min(overDown(slope, low), overDown(slope, high));
        return low < 0 && high > 0 ? Math.min(0, ends) : ends;
    }

    private double overUp(double slope, double z) {
        return Outward.addUp(valueUp(z), Outward.mulUp(-slope, z));
    }

    private double overDown(double slope, double z) {
        return Outward.addDown(valueDown(z), Outward.mulDown(-slope, z));
    }
}
