package org.reluctor.learn.convex;

import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Samples;

/**
 * The weights of a hidden layer's units and the group of the convex program that each came from.
 *
 * @param input   [d, R]: a unit's input weights as a column, its bias last
 * @param output  [R, c]: its output weights as a row
 * @param groupOf for every unit, ascending; shared
 * @param blocks  whether the units of a group count together, as those of a Frobenius group do
 */
record HiddenUnits(Matrix input, Matrix output, int[] groupOf, boolean blocks) {
    int count() {
        return groupOf.length;
    }

    /** See {@link TwoLayerNetwork#penalty()}. */
    double penalty() {
        double spectral = 0;
        for (int first = 0; first < count(); ) {
            int end = first + 1;
            while (blocks && end < count() && groupOf[end] == groupOf[first]) {
                end++;
            }
            double norm = GroupNorm.NUCLEAR.dual(output.rowRange(first, end - first));
            spectral += norm * norm;
            first = end;
        }
        return (input.dot(input) + spectral) / 2;
    }

    /** Every unit's pre-activation for every input, [N, R]. */
    Samples weighted(Samples inputs) {
        return inputs.times(input);
    }

    /** The input weights without the biases, [d − 1, R]. */
    static Matrix withoutBias(Matrix weights) {
        return weights.rowRange(0, weights.rows() - 1);
    }

    /** The biases alone, rounded to float32. */
    static float[] bias(Matrix weights) {
        return weights.rowRange(weights.rows() - 1, 1).toFloats();
    }
}
