package org.reluctor.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TallyTest {
    private final Tally tally = new Tally();

    @Test
    void figures_beforeAnything_areEmptyAndNotPassed() {
        Figures figures = tally.figures();
        assertEquals(0, figures.sent());
        assertTrue(Double.isNaN(figures.prd()));
        assertFalse(figures.passed());
    }

    @Test
    void figures_allDeliveredAndBetterThanLinear_havePassed() {
        sendAndReceive(10_000);
        tally.end();
        Figures figures = tally.figures();
        assertEquals(10_000, figures.sent());
        assertEquals(10_000, figures.received());
        assertEquals(0, figures.lost());
        assertTrue(figures.passed());
    }

    @Test
    void prd_ofKnownEnergies_isTheRootOfTheirRatio() {
        sendAndReceive(2);
        Figures figures = tally.figures();
        // Errors 1 and 1 against energies 100 and 100: sqrt(2/200) = 10 %.
        assertEquals(10, figures.prd(), 1e-12);
        assertEquals(20, figures.prdLinear(), 1e-12);
        assertEquals(20, Figures.snr(figures.prd()), 1e-12);
    }

    @Test
    void lost_whileFramesAreOnTheirWay_countsOnlyTheOvertaken() {
        for (int seq = 0; seq < 5; seq++) {
            tally.sent(seq, 0);
        }
        tally.received(0, 1000);
        tally.received(2, 1000);
        assertEquals(1, tally.figures().lost());
        tally.end();
        assertEquals(3, tally.figures().lost());
    }

    @Test
    void received_aSecondTime_isADuplicateAndNoSecondReceipt() {
        tally.sent(0, 0);
        assertEquals(7, tally.received(0, 7_000));
        assertEquals(-1, tally.received(0, 9_000));
        assertEquals(1, tally.figures().received());
        assertEquals(1, tally.figures().duplicated());
        tally.end();
        assertFalse(tally.figures().passed());
    }

    @Test
    void received_forAFrameNeverSent_isNoReceipt() {
        tally.sent(0, 0);
        assertEquals(-1, tally.received(1, 1_000));
        assertEquals(0, tally.figures().received());
    }

    @Test
    void latency_ofAHundredFrames_givesTheirPercentiles() {
        for (int seq = 0; seq < 100; seq++) {
            tally.sent(seq, 0);
            tally.received(seq, (seq + 1) * 1_000_000L);
        }
        assertEquals(50_000, tally.figures().latencyP50Us(), 50);
        assertEquals(99_000, tally.figures().latencyP99Us(), 99);
    }

    @Test
    void latencyCounts_overClasses_putEachLatencyIntoOne() {
        long[] latenciesUs = {50, 99, 100, 150, 999, 5_000};
        for (int seq = 0; seq < latenciesUs.length; seq++) {
            tally.sent(seq, 0);
            tally.received(seq, latenciesUs[seq] * 1000);
        }
        assertArrayEquals(new long[] {2, 3, 1}, tally.latencyCounts(new long[] {100, 1000}));
    }

    private void sendAndReceive(int frames) {
        for (int seq = 0; seq < frames; seq++) {
            tally.sent(seq, 0);
            tally.received(seq, 1_000_000);
            tally.compared(100, 1, 4);
        }
    }
}
