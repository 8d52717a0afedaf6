package org.reluctor.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private final Replay replay = new Replay(21_600, 256);

    @Test
    void offset_withinAPass_advancesByOneWindow() {
        for (int seq = 1; seq < replay.windowsPerPass(); seq++) {
            assertEquals(256, replay.offset(seq) - replay.offset(seq - 1), "frame " + seq);
        }
    }

    @Test
    void offset_over256Passes_neverRepeatsAndNeverLeavesTheRecording() {
        Set<Integer> seen = new HashSet<>();
        int frames = 256 * replay.windowsPerPass();
        for (int seq = 0; seq < frames; seq++) {
            int offset = replay.offset(seq);
            assertTrue(offset >= 0 && offset + 256 <= 21_600, "frame " + seq + " begins at " + offset);
            assertTrue(seen.add(offset), "frame " + seq + " repeats the window at " + offset);
        }
        assertEquals(replay.offset(0), replay.offset(frames));
    }

    @Test
    void replay_ofATooShortRecording_saysHowLongItMustBe() {
        var thrown = assertThrows(IllegalArgumentException.class, () -> new Replay(510, 256));
        assertTrue(thrown.getMessage().contains("511"), thrown.getMessage());
        assertEquals(0, new Replay(511, 256).offset(0));
    }
}
