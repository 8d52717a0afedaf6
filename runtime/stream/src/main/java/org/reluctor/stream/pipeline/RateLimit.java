package org.reluctor.stream.pipeline;

import java.util.concurrent.TimeUnit;

/** A token bucket that fills by so many a second and holds two seconds' worth. Confined to one thread. */
final class RateLimit {
    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int perSecond;
    private double tokens;
    private long filledNanos;
    private boolean started;

    RateLimit(int perSecond) {
        this.perSecond = perSecond;
    }

    boolean tryTake(long nowNanos) {
        if (!started) {
            started = true;
            tokens = 2.0 * perSecond;
        } else {
            tokens = Math.min(2.0 * perSecond, tokens + (nowNanos - filledNanos) / SECOND * perSecond);
        }
        filledNanos = nowNanos;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
