package org.reluctor.stream.pipeline;

import java.util.concurrent.TimeUnit;

/** A token bucket on the monotonic clock. Allocates nothing; confined to one thread. */
final class RateLimit {
    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

    private final double perSecond;
    private final double most;
    private double tokens;
    private long filledNanos;
    private boolean started;

    /** A bucket that holds two seconds' worth. */
    RateLimit(int perSecond) {
        this(perSecond, 2.0 * perSecond);
    }

    /**
     * A bucket that is full at first.
     *
     * @param perSecond tokens that come in a second
     * @param most      that it holds
     */
    RateLimit(double perSecond, double most) {
        this.perSecond = perSecond;
        this.most = most;
    }

    boolean tryTake(long nowNanos) {
        if (!started) {
            started = true;
            tokens = most;
            filledNanos = nowNanos;
        } else if (nowNanos - filledNanos > 0) {
            tokens = Math.min(most, tokens + (nowNanos - filledNanos) / SECOND * perSecond);
            filledNanos = nowNanos;
        }
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    /** Undoes a {@link #tryTake} that gave a token. */
    void giveBack() {
        tokens = Math.min(most, tokens + 1);
    }
}
