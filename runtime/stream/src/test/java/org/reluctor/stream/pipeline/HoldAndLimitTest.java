package org.reluctor.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class HoldAndLimitTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void hold_refusedAgainAndAgain_pausesOneToSixtyFourSeconds() {
        SignalHold hold = new SignalHold();
        long[] pauses = {1, 2, 4, 8, 16, 32, 64, 64};
        for (long pause : pauses) {
            hold.sending();
            hold.refused(0);
            assertEquals(pause * SECOND, hold.waitNanos(0));
            assertFalse(hold.admits(pause * SECOND - 1, 9));
            assertTrue(hold.admits(pause * SECOND, 9));
        }
    }

    @Test
    void hold_windowFull_admitsNoOtherUntilOneIsSettled() {
        SignalHold hold = new SignalHold();
        hold.sending();
        assertFalse(hold.admits(10 * SECOND, 1));
        assertTrue(hold.admits(0, 2));
        hold.returned();
        assertTrue(hold.admits(0, 1));
        hold.sending();
        hold.settled();
        assertTrue(hold.admits(0, 1));
    }

    @Test
    void hold_firstOfThreeUnderWayRefused_waitsForTheOthersAndThenTriesItAlone() {
        SignalHold hold = new SignalHold();
        hold.sending();
        hold.sending();
        hold.sending();
        hold.refused(0);
        hold.settled();
        assertTrue(hold.isActive());
        assertFalse(hold.admits(9 * SECOND, 3));
        hold.refused(0);
        assertEquals(SECOND, hold.waitNanos(0));
        assertFalse(hold.admits(0, 3));
        hold.retryNow(0);
        assertTrue(hold.admits(0, 3));
        hold.sending();
        assertFalse(hold.admits(9 * SECOND, 3));
        hold.settled();
        assertTrue(hold.admits(0, 3) && !hold.isActive());
    }

    @Test
    void limit_flood_letsTwoSecondsWorthThroughAndThenItsRate() {
        RateLimit limit = new RateLimit(5);
        int passed = 0;
        for (int i = 0; i < 100; i++) {
            passed += limit.tryTake(0) ? 1 : 0;
        }
        assertEquals(10, passed);
        for (long now = 0; now <= 10 * SECOND; now += SECOND / 100) {
            passed += limit.tryTake(now) ? 1 : 0;
        }
        assertEquals(10 + 50, passed, 1);
    }

    @Test
    void limit_zero_letsNothingThrough() {
        assertFalse(new RateLimit(0).tryTake(0));
    }
}
