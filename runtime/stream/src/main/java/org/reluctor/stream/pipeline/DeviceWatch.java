package org.reluctor.stream.pipeline;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.reluctor.stream.StreamEvents;

/**
 * Notices a device that does not get a batch done, be it that it fails again and again or that a call into its driver
 * never returns, of which the engine thread could tell nobody. {@link #begin} and {@link #end} belong to the engine
 * thread, {@link #look} to another one.
 */
final class DeviceWatch {
    /** After this share of the timeout the gateway says that something is wrong. */
    private static final int WARNING_SHARE = 4;

    private final long timeoutNanos;
    private final StateBoard board;
    private final StreamEvents events;
    // Of the batch that is being computed, by System.nanoTime, never 0; 0 where there is none.
    private volatile long begun;
    private long warnedOf;
    private boolean gaveUp;

    DeviceWatch(Duration timeout, StateBoard board, StreamEvents events) {
        this.timeoutNanos = timeout.toNanos();
        this.board = board;
        this.events = events;
    }

    /** A batch is about to be computed; one that is tried again began when it was tried first. */
    void begin(long nowNanos) {
        if (begun == 0) {
            begun = nowNanos == 0 ? 1 : nowNanos;
        }
    }

    /** The batch is computed. */
    void end() {
        begun = 0;
    }

    /** How long the present batch has been with the device, ns; 0 where there is none. */
    long waitedNanos(long nowNanos) {
        long since = begun;
        return since == 0 ? 0 : Math.max(0, nowNanos - since);
    }

    /** Tells what there is to tell by now. */
    void look(long nowNanos) {
        long since = begun;
        if (warnedOf != 0 && since != warnedOf) {
            warnedOf = 0;
            board.clear(StateBoard.Trouble.DEVICE_SILENT);
        }
        if (since == 0) {
            return;
        }
        long waited = nowNanos - since;
        long millis = TimeUnit.NANOSECONDS.toMillis(waited);
        if (warnedOf == 0 && waited > timeoutNanos / WARNING_SHARE) {
            warnedOf = since;
            board.raise(StateBoard.Trouble.DEVICE_SILENT, "the device has not computed a batch for " + millis + " ms");
            events.recoveryOverdue(millis);
        }
        if (!gaveUp && waited > timeoutNanos) {
            gaveUp = true;
            events.recoveryGivenUp(millis);
        }
    }

    /** That pump, with a look before each of its rounds. */
    Pump beside(Pump pump) {
        return new Pump() {
            @Override
            public int doWork(long nowNanos) {
                look(nowNanos);
                return pump.doWork(nowNanos);
            }

            @Override
            public long idleNanos(long nowNanos) {
                return pump.idleNanos(nowNanos);
            }
        };
    }
}
