package org.reluctor.app.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LiveFiguresTest {
    private final LiveFigures figures = new LiveFigures();
    private long now = System.nanoTime();

    @Test
    void latency_ofManySignals_isWithinItsClass() {
        for (int us = 1000; us < 2000; us++) {
            figures.signalDelivered("lab/s", TimeUnit.MICROSECONDS.toNanos(us), 0, false);
        }
        pass(1);
        assertEquals(1500, figures.latencyUs(0.5), 100);
        assertEquals(1990, figures.latencyUs(0.99), 100);
        assertEquals(1000, Arrays.stream(figures.latencyCounts()).sum());
    }

    @Test
    void latency_afterAMinuteOfNothing_isForgotten() {
        figures.signalDelivered("lab/s", TimeUnit.SECONDS.toNanos(100), 0, false);
        pass(1);
        assertTrue(figures.latencyUs(0.5) > 0, "beyond the last edge it counts as the last");
        pass(61);
        assertEquals(0, figures.latencyUs(0.5));
    }

    @Test
    void load_ofHalfASecond_isHalf() {
        pass(1);
        figures.batchRecovered(30, TimeUnit.MILLISECONDS.toNanos(250));
        figures.batchRecovered(10, TimeUnit.MILLISECONDS.toNanos(250));
        pass(1);
        assertEquals(50.0, figures.loadPercent().get(1));
        assertEquals(20.0, figures.framesPerBatch());
        assertTrue(figures.framesPerSecond() > 0);
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            now += TimeUnit.SECONDS.toNanos(1);
            figures.second(now);
        }
    }
}
