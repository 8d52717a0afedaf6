package org.reluctor.devicetests.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimingsTest {
    @Test
    void quantile_betweenTwoValues_isInProportion() {
        assertEquals(2.5, Timings.quantile(new double[] {4, 1, 3, 2}, 0.5), 1e-12);
        assertEquals(1, Timings.quantile(new double[] {4, 1, 3, 2}, 0), 1e-12);
        assertEquals(4, Timings.quantile(new double[] {4, 1, 3, 2}, 1), 1e-12);
        assertTrue(Double.isNaN(Timings.quantile(new double[0], 0.5)));
    }

    @Test
    void medianUs_roundsOfDifferentLength_countsEveryRunOnce() {
        Timings timings = new Timings();
        timings.addRound(9);
        timings.addRound(1, 2, 3, 4);
        assertEquals(3, timings.medianUs(), 1e-12);
    }

    @Test
    void ratio_machineSlowsInOneRound_isTakenWithinRounds() {
        Timings ours = new Timings();
        Timings peer = new Timings();
        ours.addRound(10, 10, 500);
        peer.addRound(20);
        ours.addRound(100);
        peer.addRound(200);
        assertEquals(2, ours.ratio(peer, 0.25), 1e-12);
        assertEquals(2, ours.ratio(peer, 0.75), 1e-12);
    }

    @Test
    void addRound_withoutRuns_isRefused() {
        Timings timings = new Timings();
        assertThrows(IllegalArgumentException.class, timings::addRound);
    }

    @Test
    void measure_twoContenders_takeTurns() throws Exception {
        List<String> turns = new ArrayList<>();
        List<Timings> timings = Interleaving.measure(List.of(waiting("a", 10, turns),
                waiting("b", 20, turns)), 1).timings();
        assertTrue(timings.get(0).rounds() >= 3, "rounds");
        assertEquals(timings.get(0).rounds(), timings.get(1).rounds());
        int last = turns.size() - 1;
        assertEquals(List.of("a", "b", "a", "b"), turns.subList(last - 3, last + 1));
        assertTrue(timings.get(0).medianUs() >= 10_000, "it slept for 10 ms");
        assertTrue(timings.get(0).ratio(timings.get(1), 0.5) > 1.2, "one of them is slower");
    }

    @Test
    void neighbours_lineOfTheKernel_countsAllButIdling() {
        assertEquals(1.23, Neighbours.busySeconds("cpu  1 2 20 5000 6000 30 30 40 7000 8000"), 1e-12);
        assertTrue(new Neighbours().processors() >= 0);
    }

    private static Contender waiting(String name, long ms, List<String> turns) {
        return new Contender() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public void run() throws InterruptedException {
                if (turns.isEmpty() || !turns.get(turns.size() - 1).equals(name)) {
                    turns.add(name);
                }
                Thread.sleep(ms);
            }
        };
    }
}
