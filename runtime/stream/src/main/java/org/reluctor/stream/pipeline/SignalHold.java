package org.reluctor.stream.pipeline;

import java.util.concurrent.TimeUnit;

/**
 * Keeps a sensor's signals in order: after a refusal all of them stay back, and once those that were under way are
 * settled, the refused one is tried again after a growing pause; the rest follow its confirmation. Signals that are
 * under way together may come out of order all the same, where the broker refuses the first and takes the second; a
 * window of one prevents it. Confined to the egress thread.
 */
final class SignalHold {
    private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int DOUBLINGS = 6;

    private boolean active;
    private boolean probing;
    private int underWay;
    private int refusals;
    private long untilNanos;

    /** True from a refusal to the refused signal's confirmation. */
    boolean isActive() {
        return active;
    }

    /**
     * True where a signal may go out now.
     *
     * @param window signals of the sensor that may be under way together where none was refused
     */
    boolean admits(long nowNanos, int window) {
        return active ? underWay == 0 && nowNanos - untilNanos >= 0 : underWay < window;
    }

    /** A signal goes out. */
    void sending() {
        underWay++;
        probing = active;
    }

    /** A signal that went out came back for no fault of its own: it is sent again. */
    void returned() {
        underWay--;
        probing = false;
    }

    /** A signal was refused; those that were under way behind it do not lengthen the pause. */
    void refused(long nowNanos) {
        underWay--;
        if (active && !probing) {
            return;
        }
        active = true;
        probing = false;
        untilNanos = nowNanos + (FIRST_NANOS << Math.min(refusals, DOUBLINGS));
        refusals++;
    }

    /** A signal went through, or was given up. */
    void settled() {
        underWay--;
        if (!active || probing) {
            active = false;
            probing = false;
            refusals = 0;
        }
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
