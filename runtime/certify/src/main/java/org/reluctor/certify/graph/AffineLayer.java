package org.reluctor.certify.graph;

import java.util.List;

/**
 * Σ Aⱼ·uⱼ + b over earlier layers uⱼ.
 *
 * @param terms    Aⱼ with the index of uⱼ
 * @param bias     b; shared, not copied
 * @param rounding what float32 execution may be off
 * @param detour   another way that a device may take to the sums, from the first term's layer alone; null for none
 */
public record AffineLayer(List<Term> terms, double[] bias, Float32Rounding rounding, TransformRounding detour)
        implements Layer {
    /**
     * A map of one earlier layer.
     *
     * @param source index of the layer
     * @param map    of as many columns as it has elements
     */
    public record Term(int source, LinearMap map) {
    }

    public AffineLayer {
        terms = List.copyOf(terms);
    }

    @Override
    public int size() {
        return bias.length;
    }

    /** The same without another way. */
    public AffineLayer(List<Term> terms, double[] bias, Float32Rounding rounding) {
        this(terms, bias, rounding, null);
    }

    /** What rounding on the other way, which must be there, is in proportion to, for vectors of 0 or more. */
    public double[] detourMagnitudes(double[][] vectors) {
        double[] result = new double[bias.length];
        for (int at = 0; at < result.length; at++) {
            result[at] = Math.abs(bias[at]);
        }
        detour.magnitudes().addMagnitudes(vectors[terms.get(0).source()], result);
        return result;
    }

    /** Σ |Aⱼ|·uⱼ + |b| of non-negative vectors, rounded to nearest; {@code vectors} by layer index. */
    public double[] magnitudes(double[][] vectors) {
        double[] result = new double[bias.length];
        for (int at = 0; at < result.length; at++) {
            result[at] = Math.abs(bias[at]);
        }
        terms.forEach(term -> term.map().addMagnitudes(vectors[term.source()], result));
        return result;
    }

    /** The same, but for what float32 rounds: never below it, and not above it by more than a thousandth. */
    public double[] magnitudesNearly(double[][] vectors) {
        double[] result = new double[bias.length];
        for (int at = 0; at < result.length; at++) {
            result[at] = Math.abs(bias[at]);
        }
        terms.forEach(term -> term.map().addMagnitudesNearly(vectors[term.source()], result));
        return result;
    }

    /** Most operations in the sum of one element. */
    public int longestRow() {
        return 1 + terms.stream().mapToInt(term -> term.map().longestRow() + 1).sum();
    }

    /** Most operations in the sum of one element of a transposed product that is added to others. */
    public int longestColumn() {
        return 2 + terms.stream().mapToInt(term -> term.map().longestColumn()).max().orElse(0);
    }
}
