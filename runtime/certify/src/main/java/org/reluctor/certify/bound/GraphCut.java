package org.reluctor.certify.bound;

/**
 * A bound from above, or below, of one neuron's output by elements of earlier layers of the graph: y ≤ Σ α·u + β.
 *
 * @param layers       earlier layers
 * @param places       of each the elements that count
 * @param coefficients their α
 * @param intercept    β, rounded up, or down
 */
record GraphCut(int[] layers, int[][] places, double[][] coefficients, double intercept) {
    /** The bound's value, rounded, at a point given by layers. */
    double at(double[][] values) {
        double sum = intercept;
        for (int part = 0; part < layers.length; part++) {
            double[] value = values[layers[part]];
            for (int j = 0; j < places[part].length; j++) {
                sum += coefficients[part][j] * value[places[part][j]];
            }
        }
        return sum;
    }
}
