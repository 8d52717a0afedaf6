package org.reluctor.certify.bound;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reluctor.certify.envelope.PiecewiseLinear;
import org.reluctor.certify.graph.AffineLayer;
import org.reluctor.certify.graph.DenseMap;
import org.reluctor.certify.graph.Float32Rounding;
import org.reluctor.certify.graph.LayerGraph;
import org.reluctor.certify.interval.Box;

/** Activations of the input itself, or of another activation, as networks of others have them. */
class ActivatedInputTest {
    private static final int SIZE = 7;
    private static final Box BOX = Box.of(SIZE, -1, 2);

    private final SplittableRandom random = new SplittableRandom(3);

    private LayerGraph graph(int first) {
        LayerGraph.Builder builder = new LayerGraph.Builder(SIZE);
        int at = 0;
        for (int times = 0; times < first; times++) {
            at = builder.activation(at, PiecewiseLinear.RELU);
        }
        at = builder.affine(at, new DenseMap(SIZE, SIZE, numbers(SIZE * SIZE)), numbers(SIZE), Float32Rounding.EXACT);
        at = builder.activation(at, PiecewiseLinear.RELU);
        builder.affine(List.of(new AffineLayer.Term(at, new DenseMap(1, SIZE, numbers(SIZE)))), new double[1],
                Float32Rounding.EXACT);
        return builder.build();
    }

    private double[] numbers(int count) {
        return random.doubles(count, -1, 1).toArray();
    }

    /** The largest of many values, most of them at corners of the box or of the first kink. */
    private double reached(LayerGraph graph) {
        double most = Double.NEGATIVE_INFINITY;
        for (int times = 0; times < 5000; times++) {
            double[] input = random.doubles(SIZE, -1, 2).map(number -> random.nextInt(3) > 0 ? number
                    : random.nextBoolean() ? 0 : 2).toArray();
            most = Math.max(most, graph.evaluate(input)[graph.size() - 1][0]);
        }
        return most;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void bounds_activationsFirst_areAboveWhatIsReached(int first) {
        for (int times = 0; times < 15; times++) {
            LayerGraph graph = graph(first);
            int last = graph.size() - 1;
            double reached = reached(graph);
            LayerBounds programs = LayerBounds.intervals(graph, BOX, Execution.EXACT);
            new ProgramPropagation(programs, 0, Deadline.in(5), BoundProgress.NONE).run(last);
            LayerBounds cuts = LayerBounds.intervals(graph, BOX, Execution.EXACT);
            new BoundPropagation(cuts, Effort.CUTS, Deadline.in(5), BoundProgress.NONE).run(last);
            assertTrue(programs.box(last).high()[0] >= reached, programs.box(last).high()[0] + ", " + reached);
            assertTrue(cuts.box(last).high()[0] >= reached, cuts.box(last).high()[0] + ", " + reached);
        }
    }

    @Test
    void decide_limitBelowWhatIsReached_doesNotHold() {
        for (int times = 0; times < 10; times++) {
            LayerGraph graph = graph(1);
            double reached = reached(graph);
            Verdict verdict = new BranchAndBound(graph, Execution.EXACT, Deadline.in(0.5)).decide(BOX,
                    reached - 0.02 * Math.abs(reached));
            assertNotEquals(Verdict.Outcome.HOLDS, verdict.outcome());
        }
    }
}
