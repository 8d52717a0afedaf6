package org.reluctor.certify.bound;

import java.util.List;
import java.util.random.RandomGenerator;
import org.reluctor.certify.envelope.PiecewiseLinear;
import org.reluctor.certify.graph.AffineLayer.Term;
import org.reluctor.certify.graph.DenseMap;
import org.reluctor.certify.graph.Float32Rounding;
import org.reluctor.certify.graph.LayerGraph;
import org.reluctor.certify.graph.SparseMap;

/** Small graphs whose bounds are known, and random ones. */
final class TestGraphs {
    private TestGraphs() {
    }

    /** relu(x1 + x2 - 1) - x1. */
    static LayerGraph skip() {
        LayerGraph.Builder builder = new LayerGraph.Builder(2);
        int z = builder.affine(0, new DenseMap(1, 2, new double[] {1, 1}), new double[] {-1}, Float32Rounding.EXACT);
        int y = builder.activation(z, PiecewiseLinear.RELU);
        builder.affine(List.of(new Term(y, SparseMap.scaling(1, 1)), new Term(0, new DenseMap(1, 2,
                new double[] {-1, 0}))), new double[1], Float32Rounding.EXACT);
        return builder.build();
    }

    /** Two, three, three, one; whole numbers. Pre-activations are the layers 1, 3 and 5. */
    static LayerGraph wholeNumbers() {
        LayerGraph.Builder builder = new LayerGraph.Builder(2);
        int z = dense(builder, 0, new double[] {-2, -2, -1, 2, -2, 1}, -1, 1, -1);
        z = dense(builder, builder.activation(z, PiecewiseLinear.RELU),
                new double[] {2, -1, 2, -2, 2, 2, 0, 1, 2}, 0, 1, -1);
        dense(builder, builder.activation(z, PiecewiseLinear.RELU), new double[] {2, 1, 2}, 0);
        return builder.build();
    }

    static int dense(LayerGraph.Builder builder, int source, double[] weights, double... bias) {
        int columns = builder.size(source);
        return builder.affine(source, new DenseMap(bias.length, columns, weights), bias,
                Float32Rounding.ofSums(columns));
    }

    /** Dense layers with ReLU between, and with skips where {@code skips} says so; float32 weights. */
    static LayerGraph random(RandomGenerator random, boolean skips, int... sizes) {
        LayerGraph.Builder builder = new LayerGraph.Builder(sizes[0]);
        int last = 0;
        for (int at = 1; at < sizes.length; at++) {
            DenseMap map = map(random, sizes[at], builder.size(last));
            double[] bias = floats(random, sizes[at], 0.5);
            List<Term> terms = skips && at > 1 ? List.of(new Term(last, map),
                    new Term(0, map(random, sizes[at], sizes[0]))) : List.of(new Term(last, map));
            int longest = builder.size(last) + sizes[0] + 2;
            int z = builder.affine(terms, bias, Float32Rounding.ofSums(longest));
            last = at < sizes.length - 1 ? builder.activation(z, PiecewiseLinear.RELU) : z;
        }
        return builder.build();
    }

    private static DenseMap map(RandomGenerator random, int rows, int columns) {
        return new DenseMap(rows, columns, floats(random, rows * columns, 2 / Math.sqrt(columns)));
    }

    private static double[] floats(RandomGenerator random, int size, double scale) {
        double[] result = new double[size];
        for (int at = 0; at < size; at++) {
            result[at] = (float) (scale * random.nextDouble(-1, 1));
        }
        return result;
    }
}
