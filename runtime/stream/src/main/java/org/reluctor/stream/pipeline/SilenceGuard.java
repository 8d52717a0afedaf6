package org.reluctor.stream.pipeline;

import java.util.concurrent.TimeUnit;

/**
 * Tells when a silent connection to the sensors' broker is to be renewed. An acknowledgement that is lost while its
 * connection lives costs the broker's window a place; once all places are lost nothing comes any more, which looks as
 * if the sensors were at rest. Only a new connection tells the two apart: in it, the broker sends again what it takes
 * for unacknowledged. Where that brings nothing, the patience doubles, so that resting sensors cost few connections.
 * Confined to the control thread.
 */
final class SilenceGuard {
    private static final int DOUBLINGS = 6;
    /** Frames that come within it after a renewal are owed to it. */
    private static final long OWED_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final long firstNanos;
    private long patienceNanos;
    private long seen;
    private long seenBefore;
    private long lastNanos;
    private boolean renewed;

    /** @param patienceNanos silence after which a connection that had brought frames is renewed for the first time */
    SilenceGuard(long patienceNanos) {
        this.firstNanos = patienceNanos;
        this.patienceNanos = patienceNanos;
    }

    /**
     * One look; true where the connection is to be renewed now.
     *
     * @param arrived QoS 1 frames that came, in all
     * @param inUse   QoS 1 frames in memory, which are unacknowledged for a reason
     */
    boolean isDue(long arrived, int inUse, long nowNanos) {
        if (arrived != seen || inUse > 0) {
            heard(arrived, nowNanos);
            return false;
        }
        if (seen == seenBefore || nowNanos - lastNanos <= patienceNanos) {
            return false;
        }
        patienceNanos = Math.min(2 * patienceNanos, firstNanos << DOUBLINGS);
        renewed = true;
        return true;
    }

    private void heard(long arrived, long nowNanos) {
        if (renewed && arrived != seen) {
            renewed = false;
            patienceNanos = nowNanos - lastNanos < OWED_NANOS ? firstNanos : patienceNanos;
        }
        seen = arrived;
        lastNanos = nowNanos;
    }

    /** The connection is over: only frames of the next give reason to look again. */
    void disconnected(long arrived) {
        seen = arrived;
        seenBefore = arrived;
    }

    /** The next connection begins; its first frames may have come already. */
    void connected(long nowNanos) {
        lastNanos = nowNanos;
    }
}
