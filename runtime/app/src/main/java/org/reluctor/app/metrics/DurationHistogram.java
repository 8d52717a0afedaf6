package org.reluctor.app.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * A histogram of durations with fixed bounds, for Prometheus. {@link #record} allocates nothing and never blocks;
 * thread-safe.
 */
final class DurationHistogram {
    /** Upper bounds in seconds: 1-2.5-5 steps from 100 µs to 10 s, where a network on a small board may lie. */
    private static final double[] BOUNDS = {0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,
        0.25, 0.5, 1, 2.5, 5, 10, Double.POSITIVE_INFINITY};

    private final long[] boundsNanos = new long[BOUNDS.length];
    private final AtomicLongArray counts = new AtomicLongArray(BOUNDS.length);
    private final LongAdder sumNanos = new LongAdder();

    DurationHistogram() {
        for (int i = 0; i < BOUNDS.length; i++) {
            boundsNanos[i] = (long) (BOUNDS[i] * 1e9);
        }
    }

    void record(long nanos) {
        int bucket = 0;
        while (nanos > boundsNanos[bucket]) {
            bucket++;
        }
        counts.incrementAndGet(bucket);
        sumNanos.add(nanos);
    }

    double sumSeconds() {
        return sumNanos.sum() / 1e9;
    }

    ClassicHistogramBuckets buckets() {
        ClassicHistogramBuckets.Builder builder = ClassicHistogramBuckets.builder();
        for (int i = 0; i < BOUNDS.length; i++) {
            builder.bucket(BOUNDS[i], counts.get(i));
        }
        return builder.build();
    }
}
