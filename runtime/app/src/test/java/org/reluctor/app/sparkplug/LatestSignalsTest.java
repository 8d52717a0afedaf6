package org.reluctor.app.sparkplug;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Set;
import org.junit.jupiter.api.Test;

class LatestSignalsTest {
    @Test
    void take_ofSeveral_isTheLatestOnce() {
        LatestSignals signals = new LatestSignals(2);
        byte[] second = {2};
        signals.signalEncoded("a/b", new byte[] {1});
        signals.signalEncoded("a/b", second);
        assertSame(second, signals.take("a/b"));
        assertNull(signals.take("a/b"));
        assertNull(signals.take("a/c"));
        assertEquals(Set.of("a/b"), signals.sensors());
    }

    @Test
    void signals_beyondSensorsAndBytes_areLeftOutUntilThereIsRoom() {
        LatestSignals signals = new LatestSignals(2);
        byte[] large = new byte[5 << 20];
        signals.signalEncoded("a/1", large);
        signals.signalEncoded("a/2", large);
        signals.signalEncoded("a/3", new byte[1]);
        assertEquals(2, signals.leftOut());
        assertNull(signals.take("a/2"));
        assertSame(large, signals.take("a/1"));
        signals.signalEncoded("a/2", large);
        assertEquals(2, signals.leftOut());
        signals.forget("a/2");
        signals.signalEncoded("a/3", large);
        assertSame(large, signals.take("a/3"));
        assertEquals(Set.of("a/1", "a/3"), signals.sensors());
    }
}
