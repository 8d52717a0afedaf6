package org.reluctor.certify.bound;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.reluctor.certify.envelope.PiecewiseLinear;
import org.reluctor.certify.graph.ConvolutionMap;
import org.reluctor.certify.graph.DenseMap;
import org.reluctor.certify.graph.Float32Rounding;
import org.reluctor.certify.graph.LayerGraph;
import org.reluctor.certify.graph.LinearMap;
import org.reluctor.certify.graph.TransformRounding;
import org.reluctor.certify.interval.Box;

class ZonotopePassTest {
    /** relu(x1 + x2 - 1) is off its chord by 0.5, half to either side; the skip cancels half of the chord. */
    @Test
    void box_ofTheSkip_isThatOfItsChord() {
        LayerGraph graph = TestGraphs.skip();
        Box box = new ZonotopePass(graph, 3, Execution.EXACT, 1).box(Box.of(2, 0, 1));
        assertArrayEquals(new double[] {-1, 0.5}, new double[] {box.low()[0], box.high()[0]}, 1e-5);
    }

    @Test
    void box_ofRandomNetworks_isNeverLeft() {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 40; round++) {
            LayerGraph graph = TestGraphs.random(random, round % 2 == 0, 3, 8, 8, 4);
            Box input = Box.of(3, -0.4, 0.7);
            Box box = new ZonotopePass(graph, graph.size() - 1, Execution.EXACT, round % 9).box(input);
            for (int draw = 0; draw < 200; draw++) {
                double[] x = random.doubles(3, -0.4, 0.7).toArray();
                assertTrue(box.contains(graph.evaluate(x)[graph.size() - 1]));
            }
        }
    }

    /** What is reached exactly must be in, though no number of the map is a float32 number. */
    @Test
    void box_ofALinearMap_holdsItsCornersAndLittleMore() {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < 200; round++) {
            int inputs = 1 + random.nextInt(40);
            double[] elements = random.doubles(inputs, -1, 1).toArray();
            LayerGraph.Builder builder = new LayerGraph.Builder(inputs);
            builder.affine(0, new DenseMap(1, inputs, elements), new double[1], Float32Rounding.EXACT);
            double radius = Math.scalb(random.nextDouble(), -random.nextInt(60));
            Box box = new ZonotopePass(builder.build(), 1, Execution.EXACT, 1).box(Box.of(inputs, -radius, radius));
            double most = DoubleStream.of(elements).map(Math::abs).sum() * radius;
            assertTrue(box.high()[0] >= most * (1 - 1e-14) && box.low()[0] <= -most * (1 - 1e-14));
            assertEquals(most, box.high()[0], 1e-5 * most + 1e-30);
        }
    }

    /** Hidden neurons that are decided pass their generators on; products of float32 rows must still cover. */
    @Test
    void box_behindDecidedNeurons_holdsItsCorners() {
        SplittableRandom random = new SplittableRandom(6);
        for (int round = 0; round < 50; round++) {
            int hidden = 1 + random.nextInt(40);
            double[] first = random.doubles(hidden * 3L, -1, 1).toArray();
            double[] second = random.doubles(hidden, -1, 1).toArray();
            double[] bias = new double[hidden];
            Arrays.fill(bias, 100);
            LayerGraph.Builder builder = new LayerGraph.Builder(3);
            int z = builder.affine(0, new DenseMap(hidden, 3, first), bias, Float32Rounding.EXACT);
            int y = builder.activation(z, PiecewiseLinear.RELU);
            builder.affine(y, new DenseMap(1, hidden, second), new double[1], Float32Rounding.EXACT);
            LayerGraph graph = builder.build();
            Box box = new ZonotopePass(graph, 3, Execution.EXACT, 1).box(Box.of(3, -1, 1));
            for (int corner = 0; corner < 8; corner++) {
                double[] x = {(corner & 1) * 2 - 1, (corner & 2) - 1, (corner & 4) / 2.0 - 1};
                assertTrue(box.contains(graph.evaluate(x)[3]));
            }
        }
    }

    /** Where a device may go another way, what that rounds counts: γ times what a larger map makes of magnitudes. */
    @Test
    void box_ofADetour_isAsWideAsItsRounding() {
        SplittableRandom random = new SplittableRandom(7);
        ConvolutionMap.Axis axis = new ConvolutionMap.Axis(8, 8, 3, 1, 1, 1);
        double[] weights = random.doubles(4 * 4 * 9, -1, 1).toArray();
        double[] larger = Arrays.stream(weights).map(weight -> 50 * weight).toArray();
        LinearMap map = convolution(axis, weights);
        LinearMap magnitudes = convolution(axis, larger);
        double[] point = random.doubles(map.columns(), -1, 1).toArray();
        double[] most = new double[map.rows()];
        magnitudes.addMagnitudes(Arrays.stream(point).map(Math::abs).toArray(), most);
        for (TransformRounding detour : new TransformRounding[] {null, new TransformRounding(magnitudes, 60)}) {
            LayerGraph.Builder builder = new LayerGraph.Builder(map.columns());
            builder.affine(0, map, new double[map.rows()], Float32Rounding.ofSums(map.longestRow()), detour);
            Box box = new ZonotopePass(builder.build(), 1, Execution.FLOAT32, 1).box(new Box(point, point));
            assertTrue(box.contains(product(map, point)));
            for (int at = 0; at < most.length; at++) {
                double rounding = 2 * 60 * 0x1p-24 * most[at];
                assertEquals(detour != null, box.width(at) >= rounding, () -> "wide by " + rounding);
                assertTrue(box.width(at) <= 1.01 * rounding, "wider than " + rounding);
            }
        }
    }

    private static LinearMap convolution(ConvolutionMap.Axis axis, double... weights) {
        return new ConvolutionMap(new int[] {4, 4, 1}, new ConvolutionMap.Axis[] {axis, axis}, weights, false);
    }

    private static double[] product(LinearMap map, double... x) {
        double[] result = new double[map.rows()];
        map.addProduct(x, result);
        return result;
    }

    @Test
    void box_ofFloat32InAnyOrder_isNeverLeft() {
        SplittableRandom random = new SplittableRandom(4);
        for (int round = 0; round < 20; round++) {
            LayerGraph graph = TestGraphs.random(random, false, 3, 8, 8, 1);
            // A point: what is left of the box is rounding alone.
            float[] x = {random.nextInt(9) / 8f, random.nextInt(9) / 8f, random.nextInt(9) / 8f};
            double[] point = {x[0], x[1], x[2]};
            Box box = new ZonotopePass(graph, graph.size() - 1, Execution.FLOAT32, round % 9)
                    .box(new Box(point, point));
            for (int draw = 0; draw < 50; draw++) {
                assertTrue(box.contains(new double[] {Float32Execution.run(graph, x, random)}));
            }
            assertTrue(box.width(0) < 1e-4, () -> "wide: " + box.width(0));
        }
    }

    @Test
    void box_whereFloat32WouldOverflow_refuses() {
        LayerGraph.Builder builder = new LayerGraph.Builder(1);
        builder.affine(0, new DenseMap(1, 1, new double[] {1e38}), new double[1], Float32Rounding.ofSums(1));
        LayerGraph graph = builder.build();
        assertThrows(ArithmeticException.class,
                () -> new ZonotopePass(graph, 1, Execution.FLOAT32, 1).box(Box.of(1, -9, 9)));
    }
}
