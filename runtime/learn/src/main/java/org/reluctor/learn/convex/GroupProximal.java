package org.reluctor.learn.convex;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.reluctor.learn.algebra.Matrix;

/**
 * The proximal map of all groups at once, group by group in parallel.
 *
 * @param weights after it
 * @param normSum sum of their groups' norms
 */
record GroupProximal(Matrix weights, double normSum) {
    static GroupProximal of(GatedQuadratic smooth, GroupNorm norm, Matrix weights, double threshold) {
        Matrix result = Matrix.zero(weights.rows(), weights.columns());
        double[] norms = new double[smooth.groups()];
        int size = smooth.width() * weights.columns();
        IntStream.range(0, smooth.groups()).parallel().forEach(group -> {
            GroupNorm.Shrunk shrunk = norm.shrink(weights.rowRange(group * smooth.width(), smooth.width()), threshold);
            System.arraycopy(shrunk.matrix().values(), 0, result.values(), group * size, size);
            norms[group] = shrunk.norm();
        });
        return new GroupProximal(result, Arrays.stream(norms).sum());
    }

    /** Sum of the groups' norms of some weights. */
    static double normSum(GatedQuadratic smooth, GroupNorm norm, Matrix weights) {
        double[] norms = new double[smooth.groups()];
        IntStream.range(0, norms.length).parallel().forEach(group ->
                norms[group] = norm.of(weights.rowRange(group * smooth.width(), smooth.width())));
        return Arrays.stream(norms).sum();
    }
}
