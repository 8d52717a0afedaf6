package org.reluctor.devicetests.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FaultScheduleTest {
    private static final List<FaultKind> ALL = List.of(FaultKind.values());

    @Test
    void of_twoHundredRounds_hasTenOfEveryKindAndTheLongOnes() {
        List<FaultKind> drawn = drawn(FaultSchedule.of(ALL, 200, new Random(1)));
        assertEquals(200, drawn.size());
        for (FaultKind kind : FaultKind.values()) {
            int least = kind == FaultKind.LONG_DOWNSTREAM_AWAY ? 1 : kind == FaultKind.LONG_HALF_OPEN ? 3 : 10;
            assertTrue(Collections.frequency(drawn, kind) >= least, kind.word());
        }
    }

    @Test
    void of_fewRounds_hasNoLongOnes() {
        List<FaultKind> drawn = drawn(FaultSchedule.of(ALL, 50, new Random(1)));
        assertEquals(50, drawn.size());
        assertTrue(drawn.stream().noneMatch(FaultKind::isLong));
    }

    @Test
    void of_anyRounds_givesTheRigOfOneBrokerWhatItCanTake() {
        for (int rounds = 1; rounds <= 200; rounds++) {
            assertTrue(FaultSchedule.of(ALL, rounds, new Random(rounds)).oneBroker().stream()
                    .allMatch(kind -> kind.where() == FaultKind.Where.ANYWHERE));
        }
    }

    @Test
    void of_oneKind_givesItToBothRigs() {
        FaultSchedule schedule = FaultSchedule.of(List.of(FaultKind.RUNTIME_KILLED), 30, new Random(1));
        assertTrue(schedule.oneBroker().size() > 5 && schedule.twoBrokers().size() > 5);
    }

    @Test
    void of_longKindAlone_isInjectedWhateverTheRounds() {
        assertEquals(List.of(FaultKind.LONG_DOWNSTREAM_AWAY),
                drawn(FaultSchedule.of(List.of(FaultKind.LONG_DOWNSTREAM_AWAY), 1, new Random(1))));
    }

    private static List<FaultKind> drawn(FaultSchedule schedule) {
        List<FaultKind> all = new ArrayList<>(schedule.oneBroker());
        all.addAll(schedule.twoBrokers());
        return all;
    }
}
