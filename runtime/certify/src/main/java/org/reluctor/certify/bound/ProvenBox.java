package org.reluctor.certify.bound;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.reluctor.certify.interval.Box;

/**
 * Bounds of every element of a layer, each with the multipliers that prove it.
 *
 * @param box   the bounds
 * @param highs proofs of the upper bounds
 * @param lows  proofs of the lower bounds, as upper bounds of the negative elements
 */
public record ProvenBox(Box box, List<SlopeProof> highs, List<SlopeProof> lows) {
    /**
     * Searches slopes for every element. Once the time is over, the slopes that the boxes suggest are taken, which
     * costs one pass.
     *
     * @param bounds of the graph, hidden layers narrowed; not changed
     * @param layer  affine
     */
    public static ProvenBox search(LayerBounds bounds, int layer, int steps, Deadline deadline,
            BoundProgress progress) {
        return search(bounds, layer, steps, deadline, progress, KeptBounds.NONE);
    }

    /** The same; multipliers that are kept are taken, and the others given to be kept. */
    public static ProvenBox search(LayerBounds bounds, int layer, int steps, Deadline deadline,
            BoundProgress progress, KeptBounds kept) {
        int size = bounds.graph().layer(layer).size();
        SlopeProof[] proofs = new SlopeProof[2 * size];
        bounds.prepareLines(layer);
        AtomicInteger done = new AtomicInteger();
        IntStream.range(0, 2 * size).parallel().forEach(at -> {
            int bytes = SlopeProof.count(bounds, layer);
            proofs[at] = kept.proof(layer, at).filter(proof -> proof.bytes().length == bytes).orElseGet(() -> {
                SlopeProof proof = search(bounds, layer, objective(size, at), steps, deadline);
                if (!deadline.over()) {
                    kept.keep(layer, at, proof);
                }
                return proof;
            });
            synchronized (progress) {
                progress.advanced("layer " + layer + ", bounds", done.incrementAndGet(), 2 * size);
            }
        });
        return derive(bounds, layer, List.of(proofs).subList(0, size), List.of(proofs).subList(size, 2 * size));
    }

    private static SlopeProof search(LayerBounds bounds, int layer, double[] objective, int steps, Deadline deadline) {
        SlopeSearch search = new SlopeSearch(bounds, new BackwardPass(bounds), layer, objective);
        search.search(new Lines(bounds), steps, deadline);
        return SlopeProof.of(bounds, layer, objective, search.bestLines());
    }

    /** The bounds that given proofs prove. */
    public static ProvenBox derive(LayerBounds bounds, int layer, List<SlopeProof> highs, List<SlopeProof> lows) {
        int size = bounds.graph().layer(layer).size();
        bounds.prepareLines(layer);
        double[] values = new double[2 * size];
        IntStream.range(0, 2 * size).parallel().forEach(at -> {
            SlopeProof proof = at < size ? highs.get(at) : lows.get(at - size);
            values[at] = proof.upper(bounds, layer, objective(size, at));
        });
        Box known = bounds.box(layer);
        double[] low = new double[size];
        double[] high = new double[size];
        for (int at = 0; at < size; at++) {
            high[at] = Math.min(known.high()[at], values[at]);
            low[at] = Math.max(known.low()[at], -values[size + at]);
        }
        return new ProvenBox(new Box(low, high), highs, lows);
    }

    private static double[] objective(int size, int at) {
        double[] objective = new double[size];
        objective[at % size] = at < size ? 1 : -1;
        return objective;
    }
}
