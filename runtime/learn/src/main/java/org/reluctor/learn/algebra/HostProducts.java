package org.reluctor.learn.algebra;

import java.util.Arrays;

/** The products in float64 on this machine's processors: the same sums whatever the number of processors. */
public final class HostProducts implements Products {
    @Override
    public Samples times(Samples vectors, Matrix matrix) {
        return vectors.times(matrix);
    }

    @Override
    public Matrix gram(Samples left, Samples right) {
        double[] weights = new double[left.count()];
        Arrays.fill(weights, 1);
        return left.gram(right, weights);
    }
}
