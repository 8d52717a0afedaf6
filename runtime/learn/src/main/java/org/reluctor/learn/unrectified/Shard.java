package org.reluctor.learn.unrectified;

import org.reluctor.learn.algebra.Samples;

/**
 * Some of the samples.
 *
 * @param measurements [count, m], scaled to about 1
 * @param targets      [count, n], what the network is to give
 */
public record Shard(Samples measurements, Samples targets) {
    public Shard {
        if (measurements.count() != targets.count() || measurements.count() == 0) {
            throw new IllegalArgumentException(measurements.count() + " measurements and " + targets.count()
                    + " targets; equally many are needed, and one at least");
        }
    }

    /** Number of samples. */
    public int count() {
        return measurements.count();
    }
}
