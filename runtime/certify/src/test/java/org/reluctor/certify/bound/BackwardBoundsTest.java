package org.reluctor.certify.bound;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reluctor.certify.graph.LayerGraph;
import org.reluctor.certify.interval.Box;

class BackwardBoundsTest {
    private static final double TOLERANCE = 1e-9;

    private static LayerBounds bounds(LayerGraph graph, Box input, Effort effort, Execution execution) {
        LayerBounds bounds = LayerBounds.intervals(graph, input, execution);
        if (effort != null) {
            new BoundPropagation(bounds, effort, Deadline.none(), BoundProgress.NONE).run(graph.size() - 1);
        }
        return bounds;
    }

    @Test
    void skip_byEachMethod_hasTheKnownUpperBound() {
        Box input = Box.of(2, 0, 1);
        LayerGraph graph = TestGraphs.skip();
        assertEquals(1, bounds(graph, input, null, Execution.EXACT).box(3).high()[0], TOLERANCE);
        assertEquals(0.5, bounds(graph, input, Effort.PLAIN, Execution.EXACT).box(3).high()[0], TOLERANCE);
        assertEquals(0, bounds(graph, input, Effort.CUTS, Execution.EXACT).box(3).high()[0], TOLERANCE);
    }

    @Test
    void wholeNumbers_byIntervals_haveTheKnownBounds() {
        LayerBounds bounds = bounds(TestGraphs.wholeNumbers(), Box.of(2, -1, 1), null, Execution.EXACT);
        requireBox(bounds.box(1), new double[] {-5, -2, -4}, new double[] {3, 4, 2});
        requireBox(bounds.box(3), new double[] {-4, -5, -1}, new double[] {10, 13, 7});
        requireBox(bounds.box(5), new double[] {0}, new double[] {47});
    }

    @Test
    void wholeNumbers_backwards_haveTheKnownBounds() {
        LayerBounds bounds = bounds(TestGraphs.wholeNumbers(), Box.of(2, -1, 1), Effort.PLAIN, Execution.EXACT);
        requireBox(bounds.box(1), new double[] {-5, -2, -4}, new double[] {3, 4, 2});
        assertArrayEquals(new double[] {26 / 3.0, 13, 7}, bounds.box(3).high(), TOLERANCE);
        assertEquals(34.412280701754, bounds.box(5).high()[0], TOLERANCE);
        assertEquals(0, bounds.box(5).low()[0], TOLERANCE);
    }

    private static void requireBox(Box box, double[] low, double[] high) {
        assertArrayEquals(low, box.low(), TOLERANCE);
        assertArrayEquals(high, box.high(), TOLERANCE);
    }

    /** More effort is never worse, and no point ever leaves. */
    @ParameterizedTest
    @CsvSource({"false", "true"})
    void bounds_ofRandomNetworks_holdAndTighten(boolean skips) {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 30; round++) {
            LayerGraph graph = TestGraphs.random(random, skips, 3, 8, 8, 2);
            Box input = Box.of(3, -0.5, 0.7);
            double last = Double.POSITIVE_INFINITY;
            for (Effort effort : new Effort[] {null, Effort.PLAIN, Effort.SLOPES, Effort.CUTS}) {
                LayerBounds bounds = bounds(graph, input, effort, Execution.EXACT);
                requireHolds(graph, bounds, random);
                double width = bounds.box(graph.size() - 1).width(0);
                assertTrue(width <= last * 1.05, effort + ": " + width + " after " + last);
                last = width;
            }
        }
    }

    private static void requireHolds(LayerGraph graph, LayerBounds bounds, SplittableRandom random) {
        for (int draw = 0; draw < 200; draw++) {
            double[] x = new double[graph.inputSize()];
            for (int at = 0; at < x.length; at++) {
                double side = draw % 2 == 0 ? random.nextDouble() : random.nextInt(2);
                x[at] = bounds.box(0).low()[at] + side * bounds.box(0).width(at);
            }
            double[][] values = graph.evaluate(x);
            for (int layer = 1; layer < graph.size(); layer++) {
                Box box = bounds.box(layer);
                for (int i = 0; i < box.size(); i++) {
                    double slack = 1e-12 * (1 + Math.abs(values[layer][i]));
                    assertTrue(values[layer][i] >= box.low()[i] - slack && values[layer][i] <= box.high()[i] + slack);
                }
            }
        }
    }

    @Test
    void bounds_withOneAndTwoThreads_areTheSame() throws Exception {
        LayerGraph graph = TestGraphs.random(new SplittableRandom(3), true, 4, 12, 12, 3);
        Box one = inPool(1, graph);
        assertEquals(one, inPool(4, graph));
    }

    private static Box inPool(int threads, LayerGraph graph) throws Exception {
        ForkJoinPool pool = new ForkJoinPool(threads);
        try {
            return pool.submit(() -> bounds(graph, Box.of(4, -1, 1), Effort.CUTS, Execution.FLOAT32)
                    .box(graph.size() - 1)).get();
        } finally {
            pool.shutdown();
        }
    }

    /** Sums in any order, in float32, stay within; in exact arithmetic's bounds they would not. */
    @Test
    void bounds_ofFloat32Execution_holdInEveryOrder() {
        SplittableRandom random = new SplittableRandom(4);
        int outside = 0;
        for (int round = 0; round < 40; round++) {
            LayerGraph graph = TestGraphs.random(random, false, 3, 16, 16, 1);
            float[] x = {random.nextInt(8) / 8f, random.nextInt(8) / 8f, random.nextInt(8) / 8f};
            double[] point = {x[0], x[1], x[2]};
            Box exact = bounds(graph, new Box(point, point), Effort.PLAIN, Execution.EXACT).box(5);
            Box rounded = bounds(graph, new Box(point, point), Effort.PLAIN, Execution.FLOAT32).box(5);
            for (int order = 0; order < 20; order++) {
                float y = Float32Execution.run(graph, x, random);
                assertTrue(y >= rounded.low()[0] && y <= rounded.high()[0]);
                outside += y < exact.low()[0] || y > exact.high()[0] ? 1 : 0;
            }
        }
        assertTrue(outside > 0, "the test sees rounding");
    }
}
