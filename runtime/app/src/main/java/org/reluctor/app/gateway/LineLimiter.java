package org.reluctor.app.gateway;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Lets one of many like log lines through in an interval and counts the rest. Thread-safe; never blocks; a refusal
 * allocates nothing.
 */
final class LineLimiter {
    /** Given where the line is not to be written. */
    static final long SUPPRESSED = -1;

    private final long intervalNanos;
    private final LongSupplier nanoTime;
    private final AtomicLong next;
    private final AtomicLong suppressed = new AtomicLong();

    LineLimiter(long intervalNanos, LongSupplier nanoTime) {
        this.intervalNanos = intervalNanos;
        this.nanoTime = nanoTime;
        this.next = new AtomicLong(nanoTime.getAsLong());
    }

    /** How many lines were suppressed since the last that was not; {@link #SUPPRESSED} for this one, too. */
    long admit() {
        long now = nanoTime.getAsLong();
        long due = next.get();
        if (now - due < 0 || !next.compareAndSet(due, now + intervalNanos)) {
            suppressed.incrementAndGet();
            return SUPPRESSED;
        }
        return suppressed.getAndSet(0);
    }
}
