package org.reluctor.certify.bound;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.reluctor.certify.graph.LayerGraph;
import org.reluctor.certify.interval.Box;

/**
 * Decides whether an output stays at or below a limit on a box of inputs, by branching until every part is decided. A
 * part is a {@link Region}: a box, and for some neurons the side of a kink. Its bounds never exceed those of the part
 * that it was split from. Small inputs are split themselves, larger ones at kinks, where linear programs see the side.
 *
 * <p>Complete but for a tolerance: a maximum that is within rounding of the limit can stay open. One thread;
 * deterministic but for where the time ends.
 */
public final class BranchAndBound {
    /** Up to so many inputs, their box is split. */
    private static final int FEW_INPUTS = 6;

    private final LayerGraph graph;
    private final Execution execution;
    private final Deadline deadline;

    /** @param graph whose last layer has the one output in question */
    public BranchAndBound(LayerGraph graph, Execution execution, Deadline deadline) {
        if (graph.layer(graph.size() - 1).size() != 1) {
            throw new IllegalArgumentException("the last layer has " + graph.layer(graph.size() - 1).size()
                    + " elements; must have 1");
        }
        this.graph = graph;
        this.execution = execution;
        this.deadline = deadline;
    }

    /**
     * Asks whether output ≤ limit for every input of the box.
     *
     * @return holds; violated, with an input; or open, with the best upper bound so far
     */
    public Verdict decide(Box input, double limit) {
        return decide(input, limit, candidate -> exceeds(candidate, limit));
    }

    /** Rounded down, for whatever execution: what violates here violates everywhere. */
    private boolean exceeds(double[] input, double limit) {
        int last = graph.size() - 1;
        return graph.evaluate(input)[last][0] > limit
                && LayerBounds.intervals(graph, new Box(input, input), execution).box(last).low()[0] > limit;
    }

    /**
     * The same, with another word on which inputs violate.
     *
     * @param violates asked of inputs at which the output may be large
     */
    public Verdict decide(Box input, double limit, Predicate<double[]> violates) {
        PriorityQueue<Region> open = new PriorityQueue<>(Comparator.comparingDouble(Region::upper).reversed()
                .thenComparing(Region::number));
        double decided = Double.NEGATIVE_INFINITY;
        int number = 1;
        List<Region> parts = List.of(Region.whole(graph, input, execution, deadline));
        while (true) {
            for (Region part : parts) {
                Optional<double[]> witness = part.met().stream().filter(violates).findFirst();
                if (witness.isPresent()) {
                    return new Verdict(Verdict.Outcome.VIOLATED, Double.NaN, witness.get(), number);
                }
                if (part.upper() > limit) {
                    open.add(part);
                } else {
                    decided = Math.max(decided, part.upper());
                }
            }
            Region worst = open.poll();
            if (worst == null) {
                return new Verdict(Verdict.Outcome.HOLDS, decided, null, number);
            }
            boolean stop = deadline.over();
            parts = stop ? List.of() : worst.split(graph.inputSize() <= FEW_INPUTS, number);
            if (parts.isEmpty()) {
                return new Verdict(Verdict.Outcome.OPEN, worst.upper(), null, number);
            }
            number += parts.size();
        }
    }
}
