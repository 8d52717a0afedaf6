package org.reluctor.certify.envelope;

import java.util.Optional;

/**
 * The separation oracle of one neuron: which cut of its convex hull, if any, takes a point (x, y) away. The hull of
 * the graph of σ(w·x + b) over a box lies between the convex and the concave envelope (arXiv 2410.23362), so that the
 * supporting hyperplanes at x decide: where y lies between both there is no such cut.
 */
public final class Separation {
    private final Univariate activation;
    private final AffineNeuron neuron;

    public Separation(Univariate activation, AffineNeuron neuron) {
        this.activation = activation;
        this.neuron = neuron;
    }

    /** The cut from above that is tight at a point of the box. */
    public Cut above(double[] point) {
        Hyperplane support = activation.supportAbove(neuron, point);
        return new Cut(support.withIntercept(
                SoundIntercept.upper(activation, neuron, support.coefficients())), true);
    }

    /** The cut from below that is tight at a point of the box: that from above of the reflected neuron. */
    public Cut below(double[] point) {
        Hyperplane support = activation.reflected().supportAbove(neuron.negated(), point).negated();
        return new Cut(support.withIntercept(
                SoundIntercept.lower(activation, neuron, support.coefficients())), false);
    }

    /**
     * A cut that takes the point away by more than the tolerance; none where no cut can.
     *
     * @param point     x, within the box
     * @param y         the output that is claimed for it
     * @param tolerance 0 or more, in the unit of y
     */
    public Optional<Cut> separate(double[] point, double y, double tolerance) {
        Cut above = above(point);
        if (above.violation(point, y) > tolerance) {
            return Optional.of(above);
        }
        Cut below = below(point);
        return below.violation(point, y) > tolerance ? Optional.of(below) : Optional.empty();
    }
}
