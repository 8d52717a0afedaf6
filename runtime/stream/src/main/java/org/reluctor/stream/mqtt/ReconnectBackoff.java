package org.reluctor.stream.mqtt;

import java.util.function.LongUnaryOperator;

/**
 * Pauses between attempts: exponential with full jitter, so that a thousand gateways do not come back to a restarted
 * broker in step. Confined to one thread.
 */
public final class ReconnectBackoff {
    private final long firstMillis;
    private final long capMillis;
    private final LongUnaryOperator below;
    private int attempts;

    /**
     * @param firstMillis bound of the first pause
     * @param capMillis   bound of every pause
     * @param below       draws uniformly from 0 (inclusive) to its argument (exclusive)
     */
    public ReconnectBackoff(long firstMillis, long capMillis, LongUnaryOperator below) {
        if (firstMillis < 1 || capMillis < firstMillis) {
            throw new IllegalArgumentException("backoff from " + firstMillis + " to " + capMillis
                    + " ms; at least 1, and the cap not below the first, is right");
        }
        this.firstMillis = firstMillis;
        this.capMillis = capMillis;
        this.below = below;
    }

    /** The next pause in ms, uniform between 1 and min(cap, first·2^attempts). */
    public long nextMillis() {
        long bound = boundMillis();
        attempts++;
        return 1 + below.applyAsLong(bound);
    }

    /** The longest that the next pause can be. */
    public long boundMillis() {
        // 2^40 ms is beyond any cap; the shift must not reach the sign.
        return Math.min(capMillis, firstMillis << Math.min(attempts, 20));
    }

    public int attempts() {
        return attempts;
    }

    /** After a success: the next pause is a first one. */
    public void reset() {
        attempts = 0;
    }
}
