package org.reluctor.stream.pipeline;

import java.util.concurrent.locks.LockSupport;

/** Wakes one sleeping thread from any other; a ring before the sleep is not lost. Neither side allocates. */
public final class Doorbell {
    private volatile boolean rung;
    private volatile Thread sleeper;

    /** Wakes the sleeper, or keeps its next sleep from beginning. Any thread. */
    public void ring() {
        rung = true;
        Thread waiting = sleeper;
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
    }

    /** Sleeps until {@link #ring} or for the time; may wake early. One thread only. */
    public void await(long nanos) {
        sleeper = Thread.currentThread();
        if (!rung && nanos > 0) {
            LockSupport.parkNanos(this, nanos);
        }
        sleeper = null;
        rung = false;
    }
}
