package org.reluctor.learn.unrectified;

import java.util.ArrayList;
import java.util.List;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.network.SplitMix64;

/**
 * All samples in shards, which are asked for one at a time and always in the same order, so that they may be read from
 * a file each time when memory does not hold them all. What is learned from them enters through sums over the shards
 * alone.
 */
public interface Shards {
    /** Number of shards, at least one. */
    int count();

    /** Number of samples in all shards. */
    long samples();

    /** One shard; the caller does not change it. */
    Shard shard(int index);

    /** Shards that are in memory. */
    static Shards of(List<Shard> all) {
        List<Shard> shards = List.copyOf(all);
        long samples = shards.stream().mapToLong(Shard::count).sum();
        return new Shards() {
            @Override
            public int count() {
                return shards.size();
            }

            @Override
            public long samples() {
                return samples;
            }

            @Override
            public Shard shard(int index) {
                return shards.get(index);
            }
        };
    }

    /**
     * Deals samples out to shards of nearly equal size in an order drawn from the seed, so that each shard stands for
     * all.
     *
     * @param most samples a shard
     */
    static Shards dealt(Samples measurements, Samples targets, int most, long seed) {
        int count = measurements.count();
        int[] order = order(count, seed);
        int shards = (count + most - 1) / most;
        List<Shard> all = new ArrayList<>();
        for (int shard = 0; shard < shards; shard++) {
            int first = (int) ((long) count * shard / shards);
            int end = (int) ((long) count * (shard + 1) / shards);
            all.add(new Shard(picked(measurements, order, first, end), picked(targets, order, first, end)));
        }
        return of(all);
    }

    /** The numbers below {@code count} in an order drawn from the seed (Fisher and Yates). */
    static int[] order(int count, long seed) {
        SplitMix64 random = new SplitMix64(seed);
        int[] order = new int[count];
        for (int at = 0; at < count; at++) {
            int other = (int) random.bounded(at + 1);
            order[at] = order[other];
            order[other] = at;
        }
        return order;
    }

    private static Samples picked(Samples from, int[] order, int first, int end) {
        Samples part = Samples.zero(end - first, from.width());
        for (int at = first; at < end; at++) {
            System.arraycopy(from.values(), order[at] * from.width(), part.values(), (at - first) * from.width(),
                    from.width());
        }
        return part;
    }
}
