package org.reluctor.certify.bound;

/**
 * A bound from above of one neuron's output by earlier vectors of the graph: y ≤ Σ αₖ·uₖ + β.
 *
 * @param layers       k, earlier layers
 * @param coefficients αₖ, in the order of {@code layers}
 * @param intercept    β, rounded up
 */
record GraphCut(int[] layers, double[][] coefficients, double intercept) {
    /** The bound's value, rounded, at a point given by layers. */
    double at(double[][] values) {
        double sum = intercept;
        for (int part = 0; part < layers.length; part++) {
            double[] value = values[layers[part]];
            for (int j = 0; j < value.length; j++) {
                sum += coefficients[part][j] * value[j];
            }
        }
        return sum;
    }
}
