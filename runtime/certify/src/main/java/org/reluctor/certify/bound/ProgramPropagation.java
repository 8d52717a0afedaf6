package org.reluctor.certify.bound;

import org.reluctor.certify.graph.ActivationLayer;
import org.reluctor.certify.graph.LayerGraph;
import org.reluctor.certify.interval.Box;

/**
 * Narrows the boxes of a graph by linear programs, layer by layer: for each element of a pre-activation the relaxed
 * program of all before it, with as many rounds of cuts as are asked for. For small graphs; elements one after the
 * other, because cuts found for one serve the next.
 */
public final class ProgramPropagation {
    private final LayerBounds bounds;
    private final int cutRounds;
    private final Deadline deadline;
    private final BoundProgress progress;

    /** @param cutRounds rounds of cuts for each bound; 0 for the triangle relaxation alone */
    public ProgramPropagation(LayerBounds bounds, int cutRounds, Deadline deadline, BoundProgress progress) {
        this.bounds = bounds;
        this.cutRounds = cutRounds;
        this.deadline = deadline;
        this.progress = progress;
    }

    /** Narrows every layer that an activation follows, and the target. */
    public void run(int target) {
        LayerGraph graph = bounds.graph();
        boolean[] wanted = new boolean[graph.size()];
        wanted[target] = true;
        for (int at = 1; at < target; at++) {
            if (graph.layer(at) instanceof ActivationLayer activation) {
                wanted[activation.source()] = true;
            }
        }
        for (int at = 1; at <= target; at++) {
            bounds.update(at);
            if (wanted[at] && !(graph.layer(at) instanceof ActivationLayer)) {
                bounds.set(at, box(at));
            }
        }
        for (int at = target + 1; at < graph.size(); at++) {
            bounds.update(at);
        }
    }

    private Box box(int layer) {
        Box known = bounds.box(layer);
        double[] low = known.low().clone();
        double[] high = known.high().clone();
        try (RelaxedProgram program = new RelaxedProgram(bounds, layer, false)) {
            for (int i = 0; i < low.length && !deadline.over(); i++) {
                double[] unit = new double[low.length];
                unit[i] = 1;
                high[i] = Math.min(high[i], program.upper(unit, cutRounds, deadline));
                unit[i] = -1;
                low[i] = Math.min(high[i], Math.max(low[i], -program.upper(unit, cutRounds, deadline)));
                progress.advanced("layer " + layer, i + 1, low.length);
            }
        }
        return new Box(low, high);
    }
}
