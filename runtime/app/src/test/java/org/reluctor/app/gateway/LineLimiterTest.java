package org.reluctor.app.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LineLimiterTest {
    @Test
    void admit_manyInAnInterval_letsOneThroughAndTellsTheRest() {
        AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 50);
        LineLimiter limiter = new LineLimiter(100, clock::get);
        assertEquals(0, limiter.admit());
        assertEquals(LineLimiter.SUPPRESSED, limiter.admit());
        clock.addAndGet(99);
        assertEquals(LineLimiter.SUPPRESSED, limiter.admit());
        clock.addAndGet(1);
        assertEquals(2, limiter.admit());
        assertEquals(LineLimiter.SUPPRESSED, limiter.admit());
    }
}
