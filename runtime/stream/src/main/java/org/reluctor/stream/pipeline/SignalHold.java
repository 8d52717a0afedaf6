package org.reluctor.stream.pipeline;

import java.util.concurrent.TimeUnit;

/**
 * Keeps a sensor's signals back after a refusal, so that they stay in order: one of them is tried again after a growing
 * pause, the rest follow once it went through. Confined to the egress thread.
 */
final class SignalHold {
    private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int DOUBLINGS = 6;

    private boolean active;
    private boolean probing;
    private int refusals;
    private long untilNanos;

    boolean isActive() {
        return active;
    }

    /** True where a signal may go out now: always without a hold, else one at a time when the pause is over. */
    boolean admits(long nowNanos) {
        return !active || !probing && nowNanos - untilNanos >= 0;
    }

    /** A signal goes out. */
    void sending() {
        probing = active;
    }

    /** A signal was refused; signals that were under way behind it do not lengthen the pause. */
    void refused(long nowNanos) {
        if (active && !probing) {
            return;
        }
        active = true;
        probing = false;
        untilNanos = nowNanos + (FIRST_NANOS << Math.min(refusals, DOUBLINGS));
        refusals++;
    }

    /** A signal went through, or the refused one was given up. */
    void release() {
        active = false;
        probing = false;
        refusals = 0;
    }

    /** A new connection may have new rights: the next attempt is made at once. */
    void retryNow(long nowNanos) {
        probing = false;
        untilNanos = nowNanos;
    }

    /** Time to the next attempt, ns. */
    long waitNanos(long nowNanos) {
        return Math.max(0, untilNanos - nowNanos);
    }
}
