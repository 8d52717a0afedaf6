package org.reluctor.devicetests.soak;

import java.util.concurrent.TimeUnit;

/**
 * Whether the gateway is left in peace now: no fault is under way, and the last one was overcome some time ago. Latency
 * counts for frames that were made and whose signals came within one such time. Safe for several threads.
 */
final class QuietTime {
    private static final long NEVER = Long.MAX_VALUE;

    private final Latencies latencies;
    private volatile long beginNanos = System.nanoTime();
    private long quietSinceNanos = NEVER;

    QuietTime(Latencies latencies) {
        this.latencies = latencies;
    }

    /** The soak begins now. */
    void startClock() {
        beginNanos = System.nanoTime();
    }

    /** Since the soak began. */
    double seconds() {
        return seconds(System.nanoTime());
    }

    private double seconds(long nanos) {
        return (nanos - beginNanos) / 1e9;
    }

    synchronized void begin() {
        quietSinceNanos = System.nanoTime();
    }

    synchronized void end() {
        quietSinceNanos = NEVER;
    }

    synchronized boolean isNow() {
        return quietSinceNanos != NEVER;
    }

    /** The signal of a frame that was made then has come. */
    synchronized void arrived(long madeNanos) {
        if (isNow() && madeNanos - quietSinceNanos >= 0) {
            latencies.add(seconds(madeNanos), TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - madeNanos));
        }
    }
}
