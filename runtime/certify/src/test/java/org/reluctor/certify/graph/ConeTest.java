package org.reluctor.certify.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.reluctor.certify.bound.BoundProgress;
import org.reluctor.certify.bound.BoundPropagation;
import org.reluctor.certify.bound.Deadline;
import org.reluctor.certify.bound.Effort;
import org.reluctor.certify.bound.Execution;
import org.reluctor.certify.bound.LayerBounds;
import org.reluctor.certify.envelope.PiecewiseLinear;
import org.reluctor.certify.envelope.SoftShrinkage;
import org.reluctor.certify.graph.AffineLayer.Term;
import org.reluctor.certify.graph.ConvolutionMap.Axis;
import org.reluctor.certify.interval.Box;

class ConeTest {
    private static final int SIZE = 12;
    private static final int SPARSE = 6;

    private final SplittableRandom random = new SplittableRandom(1);

    private double[] numbers(int count) {
        return random.doubles(count, -1, 1).toArray();
    }

    /** Of one channel, with a skip around the second. */
    private LayerGraph convolutions(TransformRounding detour) {
        Axis[] axes = {new Axis(1, 1, 1, 1, 1, 0), new Axis(SIZE, SIZE, 3, 1, 1, 1)};
        LayerGraph.Builder builder = new LayerGraph.Builder(SIZE);
        LinearMap first = new ConvolutionMap(new int[] {1, 2, 1}, axes, numbers(6), false);
        int at = builder.affine(0, first, numbers(2 * SIZE), Float32Rounding.ofSums(3), detour);
        LinearMap second = new ConvolutionMap(new int[] {2, 2, 1}, axes, numbers(12), false);
        at = builder.affine(List.of(new Term(builder.activation(at, PiecewiseLinear.RELU), second),
                new Term(at, SparseMap.scaling(2 * SIZE, 0.5))), numbers(2 * SIZE), Float32Rounding.ofSums(7));
        builder.activation(at, PiecewiseLinear.RELU);
        return builder.build();
    }

    @Test
    void graph_ofTwoElements_hasTheirValues() {
        LayerGraph whole = convolutions(null);
        int last = whole.size() - 1;
        Cone cone = Cone.of(whole, last, 5, SIZE + 6);
        assertArrayEquals(new int[] {3, 4, 5, 6, 7, 8}, cone.elements(0));
        for (int times = 0; times < 50; times++) {
            double[] input = numbers(SIZE);
            double[][] values = cone.graph().evaluate(cone.part(0, input));
            double[] all = whole.evaluate(input)[last];
            double[] part = values[cone.graph().size() - 1];
            assertEquals(last, cone.layer(cone.graph().size() - 1));
            assertArrayEquals(new double[] {all[5], all[SIZE + 6]}, part, 1e-14);
        }
    }

    @Test
    void within_elementsThatAreMore_isEmpty() {
        LayerGraph whole = convolutions(null);
        int last = whole.size() - 1;
        long count = 0;
        Cone cone = Cone.of(whole, last, 5);
        for (int at = 0; at < cone.graph().size(); at++) {
            count += cone.elements(at).length;
        }
        assertTrue(Cone.within(whole, count, last, 5).isPresent());
        assertTrue(Cone.within(whole, count - 1, last, 5).isEmpty());
    }

    @Test
    void of_constantElement_keepsAnInput() {
        LayerGraph.Builder builder = new LayerGraph.Builder(3);
        builder.affine(0, new DenseMap(2, 3, new double[] {0, 0, 0, 1, 1, 1}), new double[] {7, 0},
                Float32Rounding.EXACT);
        Cone cone = Cone.of(builder.build(), 1, 0);
        assertEquals(7, cone.graph().evaluate(cone.part(0, new double[] {1, 2, 3}))[1][0]);
    }

    /** y = after·relu(z) + beside·z for z = x. */
    private static LayerGraph skipping(double[] after, double... beside) {
        LayerGraph.Builder builder = new LayerGraph.Builder(3);
        int z = builder.affine(0, SparseMap.scaling(3, 1), new double[3], Float32Rounding.EXACT);
        int relu = builder.activation(z, PiecewiseLinear.RELU);
        builder.affine(List.of(new Term(relu, new DenseMap(1, 3, after)), new Term(z, new DenseMap(1, 3, beside))),
                new double[1], Float32Rounding.EXACT);
        return builder.build();
    }

    @Test
    void of_activationWithoutElements_isWithoutIt() {
        LayerGraph whole = skipping(new double[3], 1, 1, 0);
        Cone cone = Cone.of(whole, 3, 0);
        assertEquals(3, cone.graph().size());
        assertEquals(3, cone.layer(2));
        assertArrayEquals(new int[] {0, 1}, cone.elements(1));
        double[] x = {-2, 0.5, 7};
        assertEquals(whole.evaluate(x)[3][0], cone.graph().evaluate(cone.part(0, x))[2][0]);
    }

    @Test
    void of_skipAroundFewerActivations_hasThemOfAllItsElements() {
        LayerGraph whole = skipping(new double[] {1, 0, 0}, 0, 1, 0);
        Cone cone = Cone.of(whole, 3, 0);
        for (int layer = 0; layer < 3; layer++) {
            assertArrayEquals(new int[] {0, 1}, cone.elements(layer));
        }
        double[] x = {2, 0.5, 7};
        assertEquals(2.5, cone.graph().evaluate(cone.part(0, x))[3][0]);
        assertTrue(Cone.within(whole, 7, 3, 0).isPresent());
        assertTrue(Cone.within(whole, 6, 3, 0).isEmpty());
    }

    /** Rows of two elements at most, many of none; two activations of the first layer, and skips around both. */
    private LayerGraph sparse() {
        LayerGraph.Builder builder = new LayerGraph.Builder(SPARSE);
        int first = builder.affine(0, sparseMap(), numbers(SPARSE), Float32Rounding.ofSums(3));
        int relu = builder.activation(first, PiecewiseLinear.RELU);
        int shrinkage = builder.activation(first, new SoftShrinkage(0.2));
        int second = builder.affine(List.of(new Term(relu, sparseMap()), new Term(shrinkage, sparseMap()),
                new Term(first, sparseMap())), numbers(SPARSE), Float32Rounding.ofSums(7));
        int third = builder.activation(second, PiecewiseLinear.RELU);
        builder.affine(List.of(new Term(third, sparseMap()), new Term(second, sparseMap()), new Term(relu, sparseMap()),
                new Term(first, sparseMap()), new Term(0, sparseMap())), numbers(SPARSE), Float32Rounding.ofSums(11));
        return builder.build();
    }

    private SparseMap sparseMap() {
        int[] starts = new int[SPARSE + 1];
        for (int row = 0; row < SPARSE; row++) {
            starts[row + 1] = starts[row] + random.nextInt(3);
        }
        return new SparseMap(SPARSE, starts, random.ints(starts[SPARSE], 0, SPARSE).toArray(),
                numbers(starts[SPARSE]));
    }

    @ParameterizedTest
    @EnumSource
    void bounds_ofSparseRowsAndSkips_areTheWholesAndHold(Execution execution) {
        for (int graph = 0; graph < 60; graph++) {
            LayerGraph whole = sparse();
            int last = whole.size() - 1;
            Box input = Box.of(SPARSE, -1, 1);
            LayerBounds hidden = LayerBounds.intervals(whole, input, execution);
            new BoundPropagation(hidden, Effort.PLAIN, Deadline.none(), BoundProgress.NONE).run();
            LayerBounds expected = hidden.within(input);
            bound(expected, last, Effort.PLAIN);
            for (int element = 0; element < SPARSE; element++) {
                Cone cone = Cone.of(whole, last, element);
                LayerBounds same = hidden.of(cone);
                bound(same, cone.graph().size() - 1, Effort.PLAIN);
                Box box = same.box(cone.graph().size() - 1);
                assertEquals(expected.box(last).low()[element], box.low()[0], 1e-12);
                assertEquals(expected.box(last).high()[element], box.high()[0], 1e-12);
                LayerBounds cut = hidden.of(cone);
                new BoundPropagation(cut, new Effort(5, 2), Deadline.none(), BoundProgress.NONE)
                        .run(cone.graph().size() - 1);
                requireHold(whole, cone, cut);
            }
        }
    }

    private static void bound(LayerBounds bounds, int layer, Effort effort) {
        new BoundPropagation(bounds, effort, Deadline.none(), BoundProgress.NONE).runOnly(layer);
    }

    private void requireHold(LayerGraph whole, Cone cone, LayerBounds bounds) {
        for (int draw = 0; draw < 20; draw++) {
            boolean corner = draw % 2 == 0;
            double[] x = random.doubles(SPARSE, -1, 1).map(at -> corner ? Math.signum(at) : at).toArray();
            double[][] values = whole.evaluate(x);
            double[][] own = cone.graph().evaluate(cone.part(0, x));
            for (int at = 0; at < own.length; at++) {
                double[] its = cone.part(at, values[cone.layer(at)]);
                assertArrayEquals(its, own[at], 1e-14);
                for (int i = 0; i < its.length; i++) {
                    assertTrue(its[i] >= bounds.box(at).low()[i] - 1e-14 && its[i] <= bounds.box(at).high()[i] + 1e-14);
                }
            }
        }
    }

    /** What lies beside the cone is rounded, too, and reaches its elements by the transform. */
    @Test
    void detour_ofTheCone_isRefused() {
        LinearMap majorant = new ConvolutionMap(new int[] {1, 2, 1}, new Axis[] {new Axis(1, 1, 1, 1, 1, 0),
            new Axis(SIZE, SIZE, 3, 1, 1, 1)}, numbers(6), false);
        LayerGraph whole = convolutions(new TransformRounding(majorant, 9));
        AffineLayer first = (AffineLayer) Cone.of(whole, whole.size() - 1, 5).graph().layer(1);
        double[][] ones = {new double[] {1, 1, 1, 1, 1}};
        assertThrows(UnsupportedOperationException.class, () -> first.detourMagnitudes(ones));
        assertThrows(UnsupportedOperationException.class, () -> first.detour().radius(1, 1));
    }

    @ParameterizedTest
    @CsvSource({"1,1,1,false", "2,1,1,false", "1,2,1,false", "1,1,2,false", "1,1,1,true", "2,1,2,true", "1,2,1,true"})
    void visitRow_ofConvolutions_tellsTheMatrix(int stride, int dilation, int group, boolean transposed) {
        int from = 9;
        int to = (from + 2 - 2 * dilation - 1) / stride + 1;
        Axis axis = new Axis(from, to, 3, stride, dilation, 1);
        ConvolutionMap map = new ConvolutionMap(new int[] {4, 2, group}, new Axis[] {axis, axis},
                numbers(2 * 4 / group * 9), transposed);
        for (int row = 0; row < map.rows(); row += 7) {
            double[] unit = new double[map.rows()];
            unit[row] = 1;
            double[] expected = new double[map.columns()];
            map.addTransposed(unit, expected);
            double[] told = new double[map.columns()];
            map.visitRow(row, (column, value) -> told[column] += value);
            assertArrayEquals(expected, told);
        }
    }
}
