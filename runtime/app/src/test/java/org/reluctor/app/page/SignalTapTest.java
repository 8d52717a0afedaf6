package org.reluctor.app.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SignalTapTest {
    private final SignalTap tap = new SignalTap();

    @Test
    void signals_whereNobodyLooks_areNotKept() {
        send("b/x", 3, 10);
        send("a/y", 3, 10);
        assertEquals(List.of("a/y", "b/x"), tap.sensors());
        assertNull(tap.take("b/x"));
        assertEquals(0, tap.leftOut());
    }

    @Test
    void signals_moreThanFindRoom_areLeftOutAndCounted() {
        send("a/x", 1, 10);
        tap.lookAt(Set.of("a/x"));
        byte[] first = new byte[10];
        tap.signalEncoded("a/x", first);
        send("a/x", 9, 10);
        assertEquals(6, tap.leftOut());
        assertSame(first, tap.take("a/x"), "a stretch without a break");
        tap.lookAt(Set.of());
        assertNull(tap.take("a/x"));
    }

    @Test
    void signals_thatAreLarge_waitOneAtATime() {
        send("a/x", 1, 10);
        tap.lookAt(Set.of("a/x"));
        send("a/x", 2, 1 << 20);
        assertEquals(1, tap.leftOut());
    }

    @Test
    void sensors_invented_areNotRememberedWithoutEnd() {
        for (int i = 0; i < 5000; i++) {
            send("a/" + i, 1, 1);
        }
        assertEquals(1024, tap.sensors().size());
    }

    private void send(String sensor, int count, int bytes) {
        for (int i = 0; i < count; i++) {
            tap.signalEncoded(sensor, new byte[bytes]);
        }
    }
}
