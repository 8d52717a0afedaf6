package org.reluctor.learn.data;

import org.reluctor.network.SplitMix64;

/** Random numbers that belong to one step of training: the same whatever was drawn before. */
final class StepSeed {
    private StepSeed() {
    }

    /** Numbers of that step; different steps and seeds give unrelated ones. */
    static SplitMix64 random(long seed, long step) {
        return new SplitMix64(new SplitMix64(seed).next() ^ new SplitMix64(~step).next());
    }

    /** A number from 0 to below 1, of 53 random bits. */
    static double uniform(SplitMix64 random) {
        return (random.next() >>> 11) * 0x1p-53;
    }

    /** The numbers from 0 to {@code count} - 1 in random order. */
    static int[] permutation(SplitMix64 random, int count) {
        int[] order = new int[count];
        for (int at = 0; at < count; at++) {
            int other = (int) random.bounded(at + 1L);
            order[at] = order[other];
            order[other] = at;
        }
        return order;
    }
}
