package org.reluctor.certify.bound;

/** Until when there is time, and whether someone has asked to stop. Safe between threads. */
public final class Deadline {
    private final long endNs;
    private volatile boolean stopped;

    private Deadline(long endNs) {
        this.endNs = endNs;
    }

    /** So many seconds from now; infinite is allowed. */
    public static Deadline in(double seconds) {
        double ns = seconds * 1e9;
        return new Deadline(ns > Long.MAX_VALUE / 4 ? Long.MAX_VALUE : System.nanoTime() + (long) ns);
    }

    /** No end. */
    public static Deadline none() {
        return new Deadline(Long.MAX_VALUE);
    }

    /** Ends it at once: what is under way gives what it has. */
    public void stop() {
        stopped = true;
    }

    /** Whether it is over. */
    public boolean over() {
        return stopped || endNs != Long.MAX_VALUE && System.nanoTime() - endNs >= 0;
    }
}
