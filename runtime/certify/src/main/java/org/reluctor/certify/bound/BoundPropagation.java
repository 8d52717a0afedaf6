package org.reluctor.certify.bound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.reluctor.certify.graph.ActivationLayer;
import org.reluctor.certify.graph.AffineLayer;
import org.reluctor.certify.graph.LayerGraph;
import org.reluctor.certify.interval.Box;

/**
 * Narrows the boxes of a graph layer by layer, each with what is known of those before it. Elements of a layer are
 * bounded in parallel, each by itself, so that the result does not depend on how many threads there are; only where the
 * time ends does it depend on how fast they were. A layer's bounds share what is left of it evenly. Whatever time is
 * left, all boxes are sound.
 */
public final class BoundPropagation {
    private final LayerBounds bounds;
    private final Effort effort;
    private final Deadline deadline;
    private final BoundProgress progress;
    private final boolean openOnly;
    private final KeptBounds kept;

    public BoundPropagation(LayerBounds bounds, Effort effort, Deadline deadline, BoundProgress progress) {
        this(bounds, effort, deadline, progress, false, KeptBounds.NONE);
    }

    /**
     * The same with less work.
     *
     * @param openOnly whether elements are left as they are known where the function behind them is linear on what is
     *                 known: nothing is relaxed there, and most of the time is saved
     * @param kept     of layers, their boxes are taken; the others' are given to it where the time was enough
     */
    public BoundPropagation(LayerBounds bounds, Effort effort, Deadline deadline, BoundProgress progress,
            boolean openOnly, KeptBounds kept) {
        this.openOnly = openOnly;
        this.kept = kept;
        this.bounds = bounds;
        this.effort = effort;
        this.deadline = deadline;
        this.progress = progress;
    }

    /** Narrows every layer that an activation follows, and the given ones, in the graph's order. */
    public void run(int... targets) {
        int from = 1;
        for (int layer : layers(targets)) {
            for (int at = from; at <= layer; at++) {
                bounds.update(at);
            }
            from = layer + 1;
            Optional<Box> before = kept.box(layer).filter(box -> box.size() == bounds.box(layer).size());
            if (before.isPresent()) {
                bounds.set(layer, before.get());
                continue;
            }
            boolean asked = !openOnly || IntStream.of(targets).anyMatch(target -> target == layer);
            bounds.set(layer, box(layer, asked ? i -> true : i -> bounds.isOpenBehind(layer, i)));
            if (!deadline.over()) {
                kept.keep(layer, bounds.box(layer));
            }
        }
        for (int at = from; at < bounds.graph().size(); at++) {
            bounds.update(at);
        }
    }

    /** Narrows one layer, with what is known of those before it. */
    public void runOnly(int layer) {
        bounds.set(layer, box(layer, i -> true));
        for (int at = layer + 1; at < bounds.graph().size(); at++) {
            bounds.update(at);
        }
    }

    private List<Integer> layers(int... targets) {
        LayerGraph graph = bounds.graph();
        boolean[] wanted = new boolean[graph.size()];
        for (int target : targets) {
            wanted[target] = true;
        }
        for (int at = 1; at < graph.size(); at++) {
            if (graph.layer(at) instanceof ActivationLayer activation) {
                wanted[activation.source()] = true;
            } else if (bounds.execution() == Execution.FLOAT32
                    && ((AffineLayer) graph.layer(at)).rounding().operations() > 0) {
                // Rounding is in proportion to magnitudes: they should be known.
                wanted[at] = true;
            }
        }
        List<Integer> result = new ArrayList<>();
        for (int at = 1; at < wanted.length; at++) {
            if (wanted[at] && graph.layer(at) instanceof AffineLayer) {
                result.add(at);
            }
        }
        return result;
    }

    private Box box(int layer, IntPredicate asked) {
        Box known = bounds.box(layer);
        int size = known.size();
        double[] low = known.low().clone();
        double[] high = known.high().clone();
        if (layer == 0 || deadline.over()) {
            return known;
        }
        int[] open = IntStream.range(0, size).filter(i -> low[i] < high[i] && asked.test(i)).toArray();
        IntFunction<FunctionalBound> functions = functions(layer, open);
        AtomicInteger done = new AtomicInteger();
        Shares shares = new Shares(deadline, 2 * open.length);
        Arrays.stream(open).parallel().forEach(i -> {
            if (!deadline.over()) {
                FunctionalBound function = functions.apply(i);
                high[i] = Math.min(high[i], function.upper(1, shares.next()));
                low[i] = Math.max(low[i], -function.upper(-1, shares.next()));
                if (low[i] > high[i]) {
                    // Only where no input is left, or by rounding of the outermost kind: what was known still holds.
                    low[i] = known.low()[i];
                    high[i] = known.high()[i];
                }
            }
            report(layer, done.incrementAndGet(), open.length);
        });
        return new Box(low, high);
    }

    /** By the elements' cones where one of them, tried first, is small: elsewhere all depend on most of the graph. */
    private IntFunction<FunctionalBound> functions(int layer, int... open) {
        bounds.prepareLines(layer);
        if (open.length > 0
                && ReceptiveField.cone(bounds.graph(), layer, open[open.length / 2]).isPresent()) {
            return i -> new FunctionalBound(ReceptiveField.of(bounds, layer, i), effort, new ConcurrentHashMap<>());
        }
        Map<Long, CollapsedNeuron> neurons = new ConcurrentHashMap<>();
        return i -> new FunctionalBound(ReceptiveField.whole(bounds, layer, i), effort, neurons);
    }

    /** What is left of the time, shared evenly by the bounds that are left; what one does not need, later ones get. */
    private static final class Shares {
        private final Deadline deadline;
        private final AtomicInteger left;
        private final int together;

        Shares(Deadline deadline, int bounds) {
            this.deadline = deadline;
            left = new AtomicInteger(bounds);
            together = Math.min(Math.max(1, bounds / 2), ForkJoinPool.getCommonPoolParallelism() + 1);
        }

        Deadline next() {
            return deadline.part((double) together / left.getAndDecrement());
        }
    }

    private synchronized void report(int layer, int done, int size) {
        progress.advanced("layer " + layer, done, size);
    }
}
