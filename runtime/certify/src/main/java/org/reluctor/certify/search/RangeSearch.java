package org.reluctor.certify.search;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.reluctor.certify.bound.BoundProgress;
import org.reluctor.certify.graph.LayerGraph;

/**
 * Many ascents from starts of their own, each of one element up or down, in turn over all elements of some layers. What
 * they find does not depend on the number of threads.
 */
public final class RangeSearch {
    private final GradientSearch search;
    private final int[] layers;
    private final int[] sizes;
    private final long seed;

    /** @param layers that are searched, in turn */
    public RangeSearch(GradientSearch search, LayerGraph graph, long seed, int... layers) {
        this.search = search;
        this.seed = seed;
        this.layers = layers.clone();
        sizes = Arrays.stream(layers).map(layer -> graph.layer(layer).size()).toArray();
    }

    /** What is told of an end: the values of all layers there. Called by several threads. */
    public interface End {
        /** @param start number of the start */
        void reached(int start, double[][] values);
    }

    /** Runs starts from {@code first} to before {@code last}. */
    public void run(int first, int last, End end, BoundProgress progress) {
        int targets = 2 * Arrays.stream(sizes).sum();
        AtomicInteger done = new AtomicInteger();
        IntStream.range(first, last).parallel().forEach(start -> {
            int target = start % targets / 2;
            int layer = 0;
            while (target >= sizes[layer]) {
                target -= sizes[layer++];
            }
            double[] x = search.start(new SplittableRandom(seed + 0x9e3779b97f4a7c15L * start));
            end.reached(start, search.ascend(x, layers[layer], target, start % 2 == 0 ? 1 : -1));
            synchronized (progress) {
                progress.advanced("starts", done.incrementAndGet(), last - first);
            }
        });
    }
}
