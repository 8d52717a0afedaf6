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
import org.reluctor.certify.envelope.PiecewiseLinear;
import org.reluctor.certify.graph.AffineLayer.Term;
import org.reluctor.certify.graph.ConvolutionMap.Axis;

class ConeTest {
    private static final int SIZE = 12;

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

    /** What lies beside the cone is rounded, too, and reaches its elements by the transform. */
    @Test
    void detour_ofTheCone_isRefused() {
        LinearMap majorant = new ConvolutionMap(new int[] {1, 2, 1}, new Axis[] {new Axis(1, 1, 1, 1, 1, 0),
            new Axis(SIZE, SIZE, 3, 1, 1, 1)}, numbers(6), false);
        LayerGraph whole = convolutions(new TransformRounding(majorant, 9));
        AffineLayer first = (AffineLayer) Cone.of(whole, whole.size() - 1, 5).graph().layer(1);
        double[][] ones = {new double[] {1, 1, 1, 1, 1}};
        assertThrows(UnsupportedOperationException.class, () -> first.detourMagnitudes(ones));
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
