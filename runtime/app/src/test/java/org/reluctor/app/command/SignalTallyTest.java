package org.reluctor.app.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.reluctor.stream.codec.Signal;

class SignalTallyTest {
    private final SignalTally tally = new SignalTally();

    @Test
    void add_gapAndTwins_areCountedOnce() {
        assertTrue(tally.add(signal("a/b", 1, 10, 100)));
        assertTrue(tally.add(signal("a/b", 1, 13, 300)));
        assertFalse(tally.add(signal("a/b", 1, 13, 300)));
        assertTrue(tally.add(signal("a/b", 1, 11, 200)));
        assertEquals(3, tally.received());
        assertEquals(1, tally.duplicated());
        assertEquals(1, tally.lost(), "12 is missing");
        assertEquals(200, tally.latencyMicros(50));
    }

    @Test
    void add_newBootAndOtherSensor_beginAnew() {
        tally.add(signal("a/b", 1, 10, 1));
        tally.add(signal("a/b", 2, 0, 1));
        tally.add(signal("a/c", 1, 500, 1));
        assertEquals(3, tally.received());
        assertEquals(0, tally.lost());
        assertEquals(0, tally.duplicated());
    }

    private static Signal signal(String sensor, long boot, long seq, long latencyMicros) {
        return new Signal(sensor, boot, seq, false, 0, 360, 1, 2, 1, new float[2], 0, "", 0, Float.NaN, latencyMicros,
                0);
    }
}
