package org.reluctor.stream.partition;

import java.util.concurrent.TimeUnit;

/**
 * How long an {@link Election} waits for what.
 *
 * @param absentNanos from a connection until what the broker retains must have come
 * @param settleNanos from a new connection until a gateway that had served before it serves again: whatever others
 *                    have claimed meanwhile has come by then
 * @param returnNanos from a new connection until an offline that was said before is believed: what broke our
 *                    connection has probably broken that of the gateway that serves, too, and it may be on its way back
 * @param silentNanos without a word of the gateway that serves, though the broker has not said that it is gone: a
 *                    broker that was restarted says nothing of those who did not come back
 * @param turnNanos   for which a standby lets each of those whose names come before its own claim first
 * @param jitterNanos least upper bound of a further pause before a claim, drawn by lot, for those who do not know of
 *                    each other yet
 */
public record ElectionTiming(long absentNanos, long settleNanos, long returnNanos, long silentNanos, long turnNanos,
        long jitterNanos) {

    /**
     * For members with that keep-alive, whose Wills come that long after the end of their connections.
     */
    public static ElectionTiming of(int keepAliveSeconds, int graceSeconds) {
        return new ElectionTiming(TimeUnit.SECONDS.toNanos(1), TimeUnit.MILLISECONDS.toNanos(300),
                TimeUnit.SECONDS.toNanos(2), TimeUnit.SECONDS.toNanos(2L * keepAliveSeconds + graceSeconds),
                TimeUnit.MILLISECONDS.toNanos(300), TimeUnit.MILLISECONDS.toNanos(50));
    }
}
