package org.reluctor.learn.data;

import org.reluctor.learn.algebra.Samples;
import org.reluctor.network.SplitMix64;

/**
 * Batches of a fixed set of vectors: every vector once an epoch, in a new random order each, none left over between
 * epochs. All weights are one: errors are absolute. The first vectors of the next epoch fill the last batch of one.
 */
public final class SampleBatches implements BatchSource {
    private final Samples samples;
    private final int size;
    private final long seed;
    private long orderedEpoch = -1;
    private int[] order;

    /**
     * @param samples to draw from, shared
     * @param size    vectors a batch
     * @param seed    of the orders
     * @throws DataFormatException if there are fewer vectors than a batch takes
     */
    public SampleBatches(Samples samples, int size, long seed) {
        if (size < 1 || samples.count() < size) {
            throw new DataFormatException(samples.count() + " vectors to train on, a batch takes " + size
                    + "; right is from 1 to as many as there are");
        }
        this.samples = samples;
        this.size = size;
        this.seed = seed;
    }

    @Override
    public int width() {
        return samples.width();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int groupSize() {
        return 1;
    }

    @Override
    public synchronized void fill(long step, float[] signals, float[] weights) {
        for (int vector = 0; vector < size; vector++) {
            long drawn = step * size + vector;
            int from = order(drawn / samples.count())[(int) (drawn % samples.count())] * samples.width();
            for (int at = 0; at < samples.width(); at++) {
                signals[vector * samples.width() + at] = (float) samples.values()[from + at];
            }
            weights[vector] = 1;
        }
    }

    private int[] order(long epoch) {
        if (epoch != orderedEpoch) {
            SplitMix64 random = StepSeed.random(seed, epoch);
            order = StepSeed.permutation(random, samples.count());
            orderedEpoch = epoch;
        }
        return order;
    }
}
