package org.reluctor.certify.graph;

/**
 * What a device may be off when it computes an affine layer in float32: |fl(Au + b) - (Au + b)| ≤ γ_k·(|A||u| + |b|)
 * element by element, whatever the order of the sums (Higham, Accuracy and Stability of Numerical Algorithms, 2nd ed.,
 * (3.5)), and 2^-126 for every number that is flushed to zero. Fused multiply-add only makes it less.
 *
 * @param operations       k, most roundings on the way to one element; 0 where nothing is computed, as in a movement
 * @param coefficientError by what part of themselves the map's float64 elements may differ from those that are meant,
 *                         such as 1/3 or a product of constants; 0 for the weights of a file. It counts in exact
 *                         arithmetic, too
 */
public record Float32Rounding(int operations, double coefficientError) {
    /** Nothing is rounded: elements only move, or the layer is part of a statement and not of the network. */
    public static final Float32Rounding EXACT = new Float32Rounding(0, 0);

    private static final double UNIT = 0x1p-24;
    private static final double SMALLEST_NORMAL = 0x1p-126;

    /** Plain sums of at most so many products, with room for what an engine folds into weights. */
    public static Float32Rounding ofSums(int longestRow) {
        return new Float32Rounding(longestRow + 4, 0);
    }

    /** The same with elements that are only near those that are meant. */
    public Float32Rounding withCoefficientError(double part) {
        return new Float32Rounding(operations, part);
    }

    /** At least what {@link #coefficientError} makes where Σ |A||u| + |b| is at most {@code magnitude}. */
    public double coefficientRadius(double magnitude) {
        return coefficientError * magnitude * (1 + 0x1p-40);
    }

    /** At least the error of execution, where Σ |A||u| + |b| is at most {@code magnitude} and Σ |A| {@code weight}. */
    public double executionRadius(double magnitude, double weight) {
        if (operations == 0) {
            return 0;
        }
        double gamma = operations * UNIT / (1 - operations * UNIT);
        // Weights and elements may be flushed before they are multiplied, products and sums afterwards.
        double flushed = SMALLEST_NORMAL * (operations * (2 + magnitude) + weight);
        return (gamma * (1 + coefficientError) * magnitude + flushed) * (1 + 0x1p-40);
    }
}
