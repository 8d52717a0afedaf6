package org.reluctor.certify.bound;

import java.util.function.BooleanSupplier;

/** Until when there is time, and whether someone has asked to stop. Safe between threads. */
public final class Deadline {
    private final long endNs;
    private final BooleanSupplier stopped;

    private Deadline(long endNs, BooleanSupplier stopped) {
        this.endNs = endNs;
        this.stopped = stopped;
    }

    /** So many seconds from now; infinite is allowed. */
    public static Deadline in(double seconds) {
        return in(seconds, () -> false);
    }

    /** The same, or sooner, once {@code stopped} says so: what is under way then gives what it has. */
    public static Deadline in(double seconds, BooleanSupplier stopped) {
        double ns = seconds * 1e9;
        return new Deadline(ns > Long.MAX_VALUE / 4.0 ? Long.MAX_VALUE : System.nanoTime() + (long) ns, stopped);
    }

    /** No end. */
    public static Deadline none() {
        return in(Double.POSITIVE_INFINITY);
    }

    /** A share of the time from now to the end, at most all of it; none without an end. */
    public Deadline part(double share) {
        if (endNs == Long.MAX_VALUE) {
            return this;
        }
        long now = System.nanoTime();
        return new Deadline(now + (long) (Math.min(1, share) * Math.max(0, endNs - now)), stopped);
    }

    /** Seconds until the end, at least 0; infinite without one. */
    double seconds() {
        return endNs == Long.MAX_VALUE ? Double.POSITIVE_INFINITY : Math.max(0, endNs - System.nanoTime()) / 1e9;
    }

    /** Whether it is over. */
    public boolean over() {
        return stopped.getAsBoolean() || endNs != Long.MAX_VALUE && System.nanoTime() - endNs >= 0;
    }
}
