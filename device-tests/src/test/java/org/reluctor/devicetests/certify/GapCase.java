package org.reluctor.devicetests.certify;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.reluctor.certify.bound.BoundProgress;
import org.reluctor.certify.bound.BoundPropagation;
import org.reluctor.certify.bound.Deadline;
import org.reluctor.certify.bound.Effort;
import org.reluctor.certify.bound.Execution;
import org.reluctor.certify.bound.LayerBounds;
import org.reluctor.certify.bound.ProgramPropagation;
import org.reluctor.certify.graph.ActivationLayer;
import org.reluctor.certify.graph.LayerGraph;
import org.reluctor.certify.interval.Box;

/** The bounds of one graph on one box by every method, each with what it proved of earlier layers itself. */
final class GapCase {
    /** The methods, each better than those before. */
    enum Method {
        CROWN, SLOPES, TRIANGLE, CUTS
    }

    private static final int ROUNDS = 20;

    private final LayerGraph graph;
    private final Box input;
    private final double seconds;

    /** @param seconds for a method at most */
    GapCase(LayerGraph graph, Box input, double seconds) {
        this.graph = graph;
        this.input = input;
        this.seconds = seconds;
    }

    /**
     * What a method proved.
     *
     * @param boxes   by layer
     * @param seconds that it took
     */
    record Result(LayerBounds boxes, double seconds) {
    }

    Result result(Method method) {
        long start = System.nanoTime();
        LayerBounds bounds = LayerBounds.intervals(graph, input, Execution.EXACT);
        Deadline deadline = Deadline.in(seconds);
        int last = graph.size() - 1;
        Consumer<Effort> backwards =
                effort -> new BoundPropagation(bounds, effort, deadline, BoundProgress.NONE).run(last);
        switch (method) {
            case CROWN -> backwards.accept(Effort.PLAIN);
            case SLOPES -> backwards.accept(Effort.SLOPES);
            case TRIANGLE -> new ProgramPropagation(bounds, 0, deadline, BoundProgress.NONE).run(last);
            case CUTS -> {
                backwards.accept(Effort.SLOPES);
                new ProgramPropagation(bounds, ROUNDS, deadline, BoundProgress.NONE).run(last);
            }
            default -> throw new IllegalStateException(method.name());
        }
        return new Result(bounds, (System.nanoTime() - start) / 1e9);
    }

    /** The layers that are compared: what activations follow, but for the first, and the output. */
    List<Integer> layers() {
        List<Integer> layers = new ArrayList<>();
        for (int at = 1; at < graph.size(); at++) {
            if (graph.layer(at) instanceof ActivationLayer activation) {
                layers.add(activation.source());
            }
        }
        layers.add(graph.size() - 1);
        return layers.subList(1, layers.size());
    }
}
