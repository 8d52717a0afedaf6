package org.reluctor.certify.graph;

/**
 * What a device may be off that computes a layer by transforms: γ_k·M|u| with M a matrix of its own, larger than |A|.
 *
 * @param magnitudes M, of which only {@link LinearMap#addMagnitudes} is asked
 * @param operations k, most roundings on the way to one element
 */
public record TransformRounding(LinearMap magnitudes, int operations) {
    /** That of a {@link Cone}'s layer: what it is depends on elements beside the cone. */
    static final TransformRounding UNTOLD = new TransformRounding(null, 0);

    private static final double UNIT = 0x1p-24;
    private static final double SMALLEST_NORMAL = 0x1p-126;
    /** Both transforms of a flushed number, and the sums over all points of it. */
    private static final double FLUSHED_FACTOR = 128;

    /** M; there is none in a {@link Cone}. */
    @Override
    public LinearMap magnitudes() {
        requireTold();
        return magnitudes;
    }

    private void requireTold() {
        if (magnitudes == null) {
            throw new UnsupportedOperationException("what a transform rounds depends on elements beside the cone; the"
                    + " whole graph's bounds tell it");
        }
    }

    /**
     * At least the error of execution where M|u| + |b| is at most {@code magnitude} and M's row {@code weight}; none in
     * a {@link Cone}.
     */
    public double radius(double magnitude, double weight) {
        requireTold();
        double gamma = operations * UNIT / (1 - operations * UNIT);
        double flushed = SMALLEST_NORMAL * FLUSHED_FACTOR * operations * operations * (2 + magnitude + weight);
        return (gamma * magnitude + flushed) * (1 + 0x1p-40);
    }
}
