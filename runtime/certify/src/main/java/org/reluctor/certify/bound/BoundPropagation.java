package org.reluctor.certify.bound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.reluctor.certify.graph.ActivationLayer;
import org.reluctor.certify.graph.AffineLayer;
import org.reluctor.certify.graph.LayerGraph;
import org.reluctor.certify.interval.Box;

/**
 * Narrows the boxes of a graph layer by layer, each with what is known of those before it. Elements of a layer are
 * bounded in parallel, each by itself or in batches that are always the same, so that the result does not depend on how
 * many threads there are; only with a deadline may it depend on how fast they were. Searches share what is left of it
 * evenly. Whatever time is left, all boxes are sound.
 *
 * <p>Where many elements depend on many others, they are bounded in {@linkplain BackwardBatch batches}, and behind that
 * one by one only if they were asked for, or depend on few.
 */
public final class BoundPropagation {
    /** Elements of a layer, times all that come before them: from there on they are bounded in batches. */
    private static final long WIDE = 1 << 22;
    /** A channel may be without weights, so that its elements depend on less than others. */
    private static final int PROBES = 8;
    /** Elements of a batch: long rows fill a processor's vectors, and short ones its caches less. */
    private static final int BATCH = 128;
    /** Fewer where a layer is so large that a batch's coefficients of it were more than this. */
    private static final int MOST_COEFFICIENTS = 1 << 21;
    /** From what ratio on lines below kinks rise; one of them is chosen for a layer. */
    private static final double[] RATIOS = {1.5, Double.POSITIVE_INFINITY};

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
        run(true, targets);
    }

    /** The same, but wide layers in batches only: none of their elements is searched by itself. */
    public void runInBatches() {
        run(false);
    }

    private void run(boolean searching, int... targets) {
        int from = 1;
        List<Integer> layers = layers(targets);
        boolean isComplete = true;
        for (int layer : layers) {
            for (int at = from; at <= layer; at++) {
                bounds.update(at);
            }
            from = layer + 1;
            Optional<Box> before = kept.box(layer).filter(box -> box.size() == bounds.box(layer).size());
            if (before.isPresent()) {
                bounds.set(layer, before.get());
                continue;
            }
            boolean asked = IntStream.of(targets).anyMatch(target -> target == layer);
            // A search that only helps later layers leaves them most of the time, but they all gain by what it finds.
            Optional<Deadline> search = Optional.of(deadline).filter(end -> asked || searching)
                    .map(end -> asked ? end : end.part(2.0 / (layers.size() - layers.indexOf(layer))));
            isComplete &= narrow(layer, asked || !openOnly ? i -> true : i -> bounds.isOpenBehind(layer, i), asked,
                    search);
            if (isComplete) {
                kept.keep(layer, bounds.box(layer));
            }
        }
        for (int at = from; at < bounds.graph().size(); at++) {
            bounds.update(at);
        }
    }

    /** Narrows one layer, with what is known of those before it. */
    public void runOnly(int layer) {
        narrow(layer, i -> true, true, Optional.of(deadline));
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

    /**
     * Narrows a layer: one element after the other, or where it is wide in batches, and behind that one after the other
     * what was asked for, or depends on little.
     *
     * @param needed which elements
     * @param search how long wide layers may be searched one by one; nothing for not at all
     * @return whether the time was enough
     */
    private boolean narrow(int layer, IntPredicate needed, boolean asked, Optional<Deadline> search) {
        int[] open = open(layer, needed);
        if (layer == 0 || deadline.over()) {
            return false;
        }
        if (!isWide(layer, open.length)) {
            oneByOne(layer, deadline, open);
            return !deadline.over();
        }
        bounds.prepareLines(layer);
        bounds.set(layer, inBatches(layer, choice(layer, open), open));
        boolean isSearched = effort.slopeSteps() + effort.cutRounds() > 0 && search.isPresent()
                && (asked || isLocal(layer, open));
        if (!isSearched) {
            return !deadline.over();
        }
        if (!asked && !isInTime(layer, search.get(), open)) {
            return false;
        }
        oneByOne(layer, search.get(), open(layer, needed));
        return !deadline.over() && !search.get().over();
    }

    private int[] open(int layer, IntPredicate needed) {
        Box known = bounds.box(layer);
        return IntStream.range(0, known.size()).filter(i -> known.low()[i] < known.high()[i] && needed.test(i))
                .toArray();
    }

    private boolean isWide(int layer, int count) {
        return count * elementsBefore(layer) >= WIDE;
    }

    private long elementsBefore(int layer) {
        return IntStream.range(0, layer).mapToLong(at -> bounds.graph().layer(at).size()).sum();
    }

    private int largest(int layer) {
        return IntStream.rangeClosed(0, layer).map(at -> bounds.graph().layer(at).size()).max().orElse(1);
    }

    /**
     * The lines that all of the layer's elements share: those that the boxes suggest, or with some effort those that
     * bound a batch of the elements, evenly spaced, best.
     */
    private Lines choice(int layer, int... open) {
        Lines best = new Lines(bounds);
        if (effort.slopeSteps() == 0) {
            return best;
        }
        int[] sample = evenlySpaced(batch(layer), open).toArray();
        List<Lines> choices = new ArrayList<>(List.of(best));
        DoubleStream.of(RATIOS).forEach(ratio -> choices.add(Lines.steepFrom(ratio, bounds, layer)));
        double[] widths = choices.parallelStream().mapToDouble(lines -> meanLogWidth(layer, lines, sample)).toArray();
        int least = IntStream.range(0, widths.length).boxed().min(Comparator.comparingDouble(at -> widths[at]))
                .orElse(0);
        return choices.get(least);
    }

    private double meanLogWidth(int layer, Lines lines, int... elements) {
        double[] uppers = BackwardBatch.uppers(bounds, lines, layer, elements);
        return IntStream.range(0, elements.length).mapToDouble(at -> uppers[at] + uppers[elements.length + at])
                .map(Math::log).average().orElse(0);
    }

    private int batch(int layer) {
        return Math.max(1, Math.min(BATCH, MOST_COEFFICIENTS / 2 / largest(layer)));
    }

    private Box inBatches(int layer, Lines lines, int... open) {
        Box known = bounds.box(layer);
        double[] low = known.low().clone();
        double[] high = known.high().clone();
        AtomicInteger done = new AtomicInteger();
        int size = batch(layer);
        IntStream.range(0, (open.length + size - 1) / size).parallel().forEach(batch -> {
            int[] elements = Arrays.copyOfRange(open, batch * size, Math.min(open.length, (batch + 1) * size));
            if (!deadline.over()) {
                double[] uppers = BackwardBatch.uppers(bounds, lines, layer, elements);
                for (int at = 0; at < elements.length; at++) {
                    set(known, elements[at], -uppers[elements.length + at], uppers[at], low, high);
                }
            }
            report(layer, done.addAndGet(elements.length), open.length);
        });
        return new Box(low, high);
    }

    private static void set(Box known, int i, double least, double most, double[] low, double[] high) {
        low[i] = Math.max(known.low()[i], least);
        high[i] = Math.min(known.high()[i], most);
        if (low[i] > high[i]) {
            // Only where no input is left, or by rounding of the outermost kind: what was known still holds.
            low[i] = known.low()[i];
            high[i] = known.high()[i];
        }
    }

    private void oneByOne(int layer, Deadline end, int... open) {
        Box known = bounds.box(layer);
        double[] low = known.low().clone();
        double[] high = known.high().clone();
        IntFunction<FunctionalBound> functions = functions(layer, open);
        AtomicInteger done = new AtomicInteger();
        Shares shares = new Shares(end, 2 * open.length);
        Arrays.stream(open).parallel().forEach(i -> {
            if (!end.over()) {
                FunctionalBound function = functions.apply(i);
                double most = function.upper(1, shares.next());
                set(known, i, -function.upper(-1, shares.next()), most, low, high);
            }
            report(layer, done.incrementAndGet(), open.length);
        });
        bounds.set(layer, new Box(low, high));
    }

    private IntFunction<FunctionalBound> functions(int layer, int... open) {
        bounds.prepareLines(layer);
        if (isLocal(layer, open)) {
            return i -> new FunctionalBound(ReceptiveField.of(bounds, layer, i), effort, new ConcurrentHashMap<>());
        }
        Map<Long, CollapsedNeuron> neurons = new ConcurrentHashMap<>();
        return i -> new FunctionalBound(ReceptiveField.whole(bounds, layer, i), effort, neurons);
    }

    /** Whether elements have small cones: elsewhere all depend on most of the graph. */
    private boolean isLocal(int layer, int... open) {
        return probes(open).allMatch(i -> ReceptiveField.cone(bounds.graph(), layer, i).isPresent());
    }

    /** Whether there is the time for a step of every element, by what it takes for some: a few would help nothing. */
    private boolean isInTime(int layer, Deadline search, int... open) {
        if (Double.isInfinite(search.seconds())) {
            return true;
        }
        long start = System.nanoTime();
        Effort step = new Effort(1, 0);
        probes(open).parallel().mapToObj(i -> ReceptiveField.of(bounds, layer, i)).forEach(field -> {
            FunctionalBound function = new FunctionalBound(field, step, new ConcurrentHashMap<>());
            function.upper(1, search);
            function.upper(-1, search);
        });
        double taken = (System.nanoTime() - start) / 1e9;
        return taken * open.length <= search.seconds() * Math.min(PROBES, open.length);
    }

    /** Some elements that are tried for all. */
    private static IntStream probes(int... open) {
        return evenlySpaced(PROBES, open);
    }

    /** So many of the elements, or all. */
    private static IntStream evenlySpaced(int most, int... open) {
        int count = Math.min(most, open.length);
        return IntStream.range(0, count).map(at -> open[(int) ((2L * at + 1) * open.length / (2L * count))]);
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
