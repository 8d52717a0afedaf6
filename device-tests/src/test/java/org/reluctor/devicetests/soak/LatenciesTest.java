package org.reluctor.devicetests.soak;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LatenciesTest {
    @Test
    void between_twoMinutesOfThree_holdsTheirFramesAlone() {
        Latencies latencies = new Latencies(60);
        latencies.add(10, 1000);
        latencies.add(70, 2000);
        latencies.add(130, 3000);
        latencies.add(131, 3000);
        assertEquals(3, latencies.between(60, 180).getTotalCount());
        assertEquals(0, latencies.between(600, 1200).getTotalCount());
        assertArrayEquals(new double[] {0.5 / 60, 1.5 / 60, 2.5 / 60}, latencies.percentiles(50).hours(), 1e-12);
        assertArrayEquals(new double[] {1000, 2000, 3000}, latencies.percentiles(99).values(), 4);
    }

    @Test
    void arrived_outsideTheQuietTime_isNotCounted() {
        Latencies latencies = new Latencies(60);
        QuietTime quiet = new QuietTime(latencies);
        long before = System.nanoTime();
        quiet.arrived(before);
        quiet.begin();
        quiet.arrived(before);
        quiet.arrived(System.nanoTime());
        quiet.end();
        quiet.arrived(System.nanoTime());
        assertEquals(1, latencies.between(0, 60).getTotalCount());
    }
}
