package org.reluctor.certify.graph;

/**
 * What a device may be off that computes a layer by transforms: γ_k·M|u| with M a matrix of its own, larger than |A|.
 *
 * @param magnitudes M, of which only {@link LinearMap#addMagnitudes} is asked
 * @param operations k, most roundings on the way to one element
 */
public record TransformRounding(LinearMap magnitudes, int operations) {
    private static final double UNIT = 0x1p-24;
    private static final double SMALLEST_NORMAL = 0x1p-126;
    /** Both transforms of a flushed number, and the sums over all points of it. */
    private static final double FLUSHED_FACTOR = 128;

    /** At least the error of execution where M|u| + |b| is at most {@code magnitude} and M's row {@code weight}. */
    public double radius(double magnitude, double weight) {
        double gamma = operations * UNIT / (1 - operations * UNIT);
        double flushed = SMALLEST_NORMAL * FLUSHED_FACTOR * operations * operations * (2 + magnitude + weight);
        return (gamma * magnitude + flushed) * (1 + 0x1p-40);
    }
}
