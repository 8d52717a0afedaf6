package org.reluctor.stream.pipeline;

import java.util.concurrent.TimeUnit;

/**
 * Keeps a sensor's signals in order: one of them is under way at a time, and the next follows its confirmation. Were
 * two under way, a broker could refuse the first and take the second. After a refusal the same signal is tried again
 * after a growing pause. Confined to the egress thread.
 */
final class SignalHold {
    private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int DOUBLINGS = 6;

    private boolean active;
    private boolean underWay;
    private int refusals;
    private long untilNanos;

    /** True from a refusal to the next confirmation. */
    boolean isActive() {
        return active;
    }

    /** True where a signal may go out now. */
    boolean admits(long nowNanos) {
        return !underWay && (!active || nowNanos - untilNanos >= 0);
    }

    /** A signal goes out. */
    void sending() {
        underWay = true;
    }

    /** The signal that went out came back, or was not taken, for no fault of its own: it is sent again. */
    void returned() {
        underWay = false;
    }

    /** The signal was refused. */
    void refused(long nowNanos) {
        active = true;
        underWay = false;
        untilNanos = nowNanos + (FIRST_NANOS << Math.min(refusals, DOUBLINGS));
        refusals++;
    }

    /** The signal went through, or the refused one was given up. */
    void release() {
        active = false;
        underWay = false;
        refusals = 0;
    }

    /** A new connection may have new rights: the next attempt is made at once. */
    void retryNow(long nowNanos) {
        untilNanos = nowNanos;
    }

    /** Time to the next attempt, ns. */
    long waitNanos(long nowNanos) {
        return Math.max(0, untilNanos - nowNanos);
    }
}
