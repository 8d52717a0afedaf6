package org.reluctor.opencl.pace;

import java.util.concurrent.locks.LockSupport;

/**
 * The pace of a thread that works beside a stream: after short pieces of work it rests for longer than they took. A low
 * priority alone does not do it: Linux lets whoever computes end its slice of some milliseconds before one that wakes
 * gets the processor, and the class that always gives way would hold up the whole JVM where it gets no processor at
 * all. Long work says where a rest is possible, by {@link #rest}; on threads without a pace that does nothing. Work is
 * counted by the clock, so that who waits for a processor rests longer, too: the busier the board, the slower.
 *
 * <p>A pace belongs to its thread, or, by {@link #handOn}, to one that works while the first waits.
 */
public final class Pace {
    /** Work that is not worth a rest: a frame that waits for it is hardly later. */
    static final long SHORT_NANOS = 250_000;
    /** A rest takes so many times as long as the work before it. */
    static final int RATIO = 4;
    /** Of one rest: what could not be divided is over, and resting longer helps nobody. */
    static final long LONGEST_NANOS = 20_000_000;

    private static final ThreadLocal<Pace> OF_THREAD = new ThreadLocal<>();

    private long rested = System.nanoTime();

    private Pace() {
    }

    /** Gives the calling thread a pace, until it ends. */
    public static void keep() {
        OF_THREAD.set(new Pace());
    }

    /** A place in the work of the calling thread at which it may rest; an interrupt ends the rest, and stays set. */
    public static void rest() {
        Pace pace = OF_THREAD.get();
        if (pace != null) {
            pace.restBehind(System.nanoTime());
        }
    }

    /** The same task at the pace of the calling thread, for a thread of its own. */
    public static Runnable handOn(Runnable task) {
        Pace pace = OF_THREAD.get();
        return pace == null ? task : () -> {
            OF_THREAD.set(pace);
            try {
                task.run();
            } finally {
                OF_THREAD.remove();
            }
        };
    }

    private void restBehind(long now) {
        long worked = now - rested;
        if (worked < SHORT_NANOS) {
            return;
        }
        LockSupport.parkNanos(Math.min(LONGEST_NANOS, RATIO * worked));
        rested = System.nanoTime();
    }
}
