package org.reluctor.stream.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ReconnectBackoffTest {
    @Test
    void nextMillis_drawingTheMost_doublesUpToTheCap() {
        ReconnectBackoff backoff = new ReconnectBackoff(200, 60_000, bound -> bound - 1);
        long[] wanted = {200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 51_200, 60_000, 60_000};
        for (long pause : wanted) {
            assertEquals(pause, backoff.nextMillis());
        }
        for (int i = 0; i < 1000; i++) {
            assertEquals(60_000, backoff.nextMillis());
        }
    }

    @Test
    void nextMillis_manyDraws_coverTheWholeRange() {
        Random random = new Random(7);
        int low = 0;
        for (int i = 0; i < 1000; i++) {
            ReconnectBackoff backoff = new ReconnectBackoff(1000, 1000, bound -> random.nextInt((int) bound));
            long pause = backoff.nextMillis();
            assertTrue(pause >= 1 && pause <= 1000);
            low += pause <= 500 ? 1 : 0;
        }
        assertTrue(low > 400 && low < 600, "pauses in the lower half: " + low);
    }

    @Test
    void reset_afterFailures_beginsAnew() {
        ReconnectBackoff backoff = new ReconnectBackoff(200, 60_000, bound -> bound - 1);
        backoff.nextMillis();
        backoff.nextMillis();
        backoff.reset();
        assertEquals(200, backoff.nextMillis());
        assertEquals(1, backoff.attempts());
    }

    @Test
    void backoff_capBelowFirst_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new ReconnectBackoff(200, 100, bound -> 0));
    }
}
