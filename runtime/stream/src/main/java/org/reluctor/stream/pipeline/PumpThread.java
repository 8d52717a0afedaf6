package org.reluctor.stream.pipeline;

import java.util.concurrent.TimeUnit;
import org.reluctor.stream.StreamEvents;

/** The thread of one pump. An exception out of a round is told and survived: the next round goes on. */
public final class PumpThread {
    private static final long PAUSE_AFTER_ERROR_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Pump pump;
    private final Doorbell doorbell;
    private final StreamEvents events;
    private final Thread thread;
    private volatile boolean stopped;
    private volatile long roundNanos = System.nanoTime();

    /** @param name of the thread, also the place that errors are told with */
    public PumpThread(String name, Pump pump, Doorbell doorbell, StreamEvents events) {
        this.pump = pump;
        this.doorbell = doorbell;
        this.events = events;
        this.thread = new Thread(StreamThreadGroup.INSTANCE, this::run, name);
        this.thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        while (!stopped) {
            try {
                long now = System.nanoTime();
                roundNanos = now;
                if (pump.doWork(now) == 0) {
                    doorbell.await(pump.idleNanos(now));
                }
            } catch (Throwable e) {
                survive(e);
            }
        }
    }

    // Where memory lacks, even to tell of it may fail; the thread must go on all the same.
    private void survive(Throwable error) {
        try {
            events.internalError(thread.getName(), error);
        } catch (Throwable untold) {
            error.addSuppressed(untold);
        }
        doorbell.await(PAUSE_AFTER_ERROR_NANOS);
    }

    /** Time since its present or last round began; grows on where a round never ends, or the thread has died. */
    long sinceRoundNanos(long now) {
        return now - roundNanos;
    }

    /** Ends the thread after its present round, waiting for it at most so long; true where it has ended. */
    public boolean stop(long patienceMillis) {
        stopped = true;
        doorbell.ring();
        try {
            thread.join(patienceMillis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
