package org.reluctor.learn.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordSplitTest {
    private static final Map<String, String> SUBJECTS = subjects();

    private static Map<String, String> subjects() {
        Map<String, String> subjects = new LinkedHashMap<>();
        for (int record = 0; record < 20; record++) {
            subjects.put("r" + record, "s" + record % 7);
        }
        return subjects;
    }

    @Test
    void holdingOut_names_leavesTheirSubjectsOutOfTraining() {
        RecordSplit split = RecordSplit.holdingOut(SUBJECTS, List.of("r9", "r2"));
        assertEquals(List.of("r2", "r9"), split.heldOut());
        assertEquals(17, split.training().size(), "r16 is of the same subject");
        assertTrue(split.training().stream().noneMatch(name -> SUBJECTS.get(name).equals("s2")));
    }

    @Test
    void holdingOut_unknownOrAllRecords_isRefused() {
        assertTrue(assertThrows(DataFormatException.class, () -> RecordSplit.holdingOut(SUBJECTS, List.of("r99")))
                .getMessage().contains("no record 'r99' to hold out; here are r0, r1"));
        assertTrue(assertThrows(DataFormatException.class,
                () -> RecordSplit.holdingOut(SUBJECTS, SUBJECTS.keySet())).getMessage().contains("none is left"));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 77, -5})
    void drawn_anySeed_partsSubjectsAndRepeats(long seed) {
        RecordSplit split = RecordSplit.drawn(SUBJECTS, 0.3, seed);
        assertEquals(split, RecordSplit.drawn(SUBJECTS, 0.3, seed));
        TreeSet<String> held = new TreeSet<>(split.heldOut().stream().map(SUBJECTS::get).toList());
        assertEquals(2, held.size(), "0.3 of 7");
        assertTrue(split.training().stream().map(SUBJECTS::get).noneMatch(held::contains));
        assertEquals(20, split.training().size() + split.heldOut().size());
    }

    @Test
    void drawn_differentSeeds_givesDifferentSplits() {
        assertNotEquals(RecordSplit.drawn(SUBJECTS, 0.3, 1), RecordSplit.drawn(SUBJECTS, 0.3, 2));
    }

    @Test
    void drawn_smallShare_keepsAtLeastOneAside() {
        assertEquals(1, RecordSplit.drawn(RecordSplit.alone(List.of("a", "b", "c")), 0.01, 3).heldOut().size());
        assertEquals(1, RecordSplit.drawn(RecordSplit.alone(List.of("a", "b", "c")), 0.99, 3).training().size());
    }
}
