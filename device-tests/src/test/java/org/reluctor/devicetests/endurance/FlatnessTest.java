package org.reluctor.devicetests.endurance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FlatnessTest {
    private static final long MEBI = 1 << 20;

    private static List<Footprint> series(long residentStep, long objectStep) {
        return IntStream.range(0, 21).mapToObj(i -> new Footprint(100 * MEBI + i * residentStep, 7 * MEBI,
                30 + i * objectStep, 12, 20)).toList();
    }

    @Test
    void growth_flatSeries_none() {
        assertEquals(List.of(), Flatness.growth(series(0, 0)));
        assertEquals(List.of(), Flatness.growth(series(MEBI / 8, 0)));
    }

    @Test
    void growth_oneObjectAStep_isNamed() {
        List<String> growth = Flatness.growth(series(0, 1));
        assertEquals(List.of("OpenCL objects grew from 38 to 46"), growth);
    }

    @Test
    void growth_memoryLeaks_isNamed() {
        List<String> growth = Flatness.growth(series(MEBI, 0));
        assertTrue(growth.size() == 1 && growth.get(0).startsWith("resident memory grew"), growth.toString());
    }

    @Test
    void growth_onlyWhileItStarts_none() {
        List<Footprint> series = IntStream.range(0, 20).mapToObj(i -> new Footprint(Math.min(i, 3) * 50 * MEBI, 1, 1, 1,
                Math.min(i, 3))).toList();
        assertEquals(List.of(), Flatness.growth(series));
    }

    @Test
    void growth_openForAMoment_none() {
        List<Footprint> series = IntStream.range(0, 20).mapToObj(i -> new Footprint(MEBI, 1, 1, i == 17 ? 42 : 41, 1))
                .toList();
        assertEquals(List.of(), Flatness.growth(series));
    }

    @Test
    void growth_tooShort_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> Flatness.growth(series(0, 0).subList(0, 5)));
    }
}
