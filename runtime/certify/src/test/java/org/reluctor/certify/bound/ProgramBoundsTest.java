package org.reluctor.certify.bound;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.reluctor.certify.graph.LayerGraph;
import org.reluctor.certify.interval.Box;

class ProgramBoundsTest {
    private static final double TOLERANCE = 1e-9;

    private static LayerBounds bounds(LayerGraph graph, Box input, int cutRounds) {
        LayerBounds bounds = LayerBounds.intervals(graph, input, Execution.EXACT);
        new ProgramPropagation(bounds, cutRounds, Deadline.none(), BoundProgress.NONE).run(graph.size() - 1);
        return bounds;
    }

    @Test
    void skip_byProgramsWithAndWithoutCuts_hasTheKnownUpperBound() {
        assertEquals(0.5, bounds(TestGraphs.skip(), Box.of(2, 0, 1), 0).box(3).high()[0], TOLERANCE);
        assertEquals(0, bounds(TestGraphs.skip(), Box.of(2, 0, 1), 20).box(3).high()[0], TOLERANCE);
    }

    @Test
    void wholeNumbers_byTheTriangleProgram_haveTheKnownBounds() {
        LayerBounds bounds = bounds(TestGraphs.wholeNumbers(), Box.of(2, -1, 1), 0);
        assertArrayEquals(new double[] {-10 / 3.0, -5, -1}, bounds.box(3).low(), TOLERANCE);
        assertArrayEquals(new double[] {26 / 3.0, 13, 7}, bounds.box(3).high(), TOLERANCE);
        assertEquals(1, bounds.box(5).low()[0], TOLERANCE);
        assertEquals(33.981481481481, bounds.box(5).high()[0], TOLERANCE);
    }

    @Test
    void wholeNumbers_byProgramsWithCuts_haveTheKnownBounds() {
        LayerBounds bounds = bounds(TestGraphs.wholeNumbers(), Box.of(2, -1, 1), 20);
        assertArrayEquals(new double[] {-3, -5, -1}, bounds.box(3).low(), TOLERANCE);
        assertArrayEquals(new double[] {6, 13, 7}, bounds.box(3).high(), TOLERANCE);
        assertEquals(1, bounds.box(5).low()[0], TOLERANCE);
        assertEquals(27, bounds.box(5).high()[0], TOLERANCE);
    }

    /** Against values at random points, and against the backward bounds, which the program contains. */
    @Test
    void bounds_ofRandomNetworks_holdAndAreNoWorseThanBackwards() {
        SplittableRandom random = new SplittableRandom(11);
        for (int round = 0; round < 15; round++) {
            LayerGraph graph = TestGraphs.random(random, round % 2 == 0, 3, 6, 6, 1);
            Box input = Box.of(3, -0.5, 0.7);
            LayerBounds programs = bounds(graph, input, 10);
            LayerBounds backwards = LayerBounds.intervals(graph, input, Execution.EXACT);
            new BoundPropagation(backwards, Effort.PLAIN, Deadline.none(), BoundProgress.NONE).run(5);
            assertTrue(programs.box(5).high()[0] <= backwards.box(5).high()[0] + 1e-6);
            assertTrue(programs.box(5).low()[0] >= backwards.box(5).low()[0] - 1e-6);
            for (int draw = 0; draw < 500; draw++) {
                double[] x = random.doubles(3, -0.5, 0.7).toArray();
                double y = graph.evaluate(x)[5][0];
                assertTrue(y <= programs.box(5).high()[0] + 1e-12 && y >= programs.box(5).low()[0] - 1e-12);
            }
        }
    }
}
