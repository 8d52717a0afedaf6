package org.reluctor.certify.bound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reluctor.certify.graph.LayerGraph;
import org.reluctor.certify.interval.Box;

class BranchAndBoundTest {
    private static Verdict decide(LayerGraph graph, Box input, double limit) {
        return new BranchAndBound(graph, Execution.EXACT, Deadline.in(20)).decide(input, limit);
    }

    @Test
    void decide_aroundAKnownMaximum_isDecidedOnBothSides() {
        LayerGraph graph = TestGraphs.wholeNumbers();
        assertEquals(Verdict.Outcome.HOLDS, decide(graph, Box.of(2, -1, 1), 27.0001).outcome());
        Verdict violated = decide(graph, Box.of(2, -1, 1), 26.9999);
        assertEquals(Verdict.Outcome.VIOLATED, violated.outcome());
        assertTrue(graph.evaluate(violated.witness())[5][0] > 26.9999);
    }

    /**
     * 300 networks of up to five inputs, by splitting inputs, and of seven, by splitting ReLUs. The truth comes from an
     * ascent over vertices, edges and a grid, which gives a value that is reached; limits lie 1 % of the range above
     * and below, so that a verdict of the wrong kind is found.
     */
    @ParameterizedTest
    @CsvSource({"1,40", "2,70", "3,70", "4,60", "5,60", "7,20"})
    void decide_ofRandomNetworks_isNeverWrong(int inputs, int count) {
        SplittableRandom random = new SplittableRandom(inputs);
        int held = 0;
        for (int round = 0; round < count; round++) {
            LayerGraph graph = TestGraphs.random(random, round % 2 == 0, inputs, 6, 5, 1);
            Box input = Box.of(inputs, -1, 1);
            double reached = ExhaustiveSearch.maximum(graph, input, random);
            double limit = reached + 0.01 * (random.nextBoolean() ? 1 : -1) * (1 + Math.abs(reached));
            Verdict verdict = decide(graph, input, limit);
            if (verdict.outcome() == Verdict.Outcome.HOLDS) {
                held++;
                assertTrue(reached <= limit, "held, but " + reached + " was reached");
            } else {
                assertEquals(Verdict.Outcome.VIOLATED, verdict.outcome(), "decided");
                assertTrue(input.contains(verdict.witness()));
                assertTrue(graph.evaluate(verdict.witness())[graph.size() - 1][0] > limit);
            }
        }
        assertTrue(held > count / 4 && held < 3 * count / 4, held + " held");
    }
}
