package org.reluctor.stream.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.reluctor.stream.Topics;
import org.reluctor.stream.codec.FrameFault;

class SensorTableTest {
    private static final Topics TOPICS = new Topics("reluctor");
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final long HOUR = TimeUnit.HOURS.toNanos(1);

    private final SensorTable table = new SensorTable(3, 0);

    @Test
    void add_floodOfInventedSensors_displacesNoneThatServes() {
        known("lab/often", 0, HOUR);
        known("lab/rare", 0, HOUR - 45 * MINUTE);
        for (int i = 0; i < 1000; i++) {
            add(table, "lab/x" + i, HOUR + i * MINUTE / 1000);
        }
        assertNotNull(find("lab/often"));
        assertNotNull(find("lab/rare"));
        assertEquals(3, table.size());
    }

    @Test
    void add_tableFull_theNewcomerSilentForLongestGivesWayAfterTenMinutes() {
        add(table, "lab/a", 0);
        add(table, "lab/b", MINUTE);
        add(table, "lab/c", 2 * MINUTE);
        assertEquals(FrameFault.SENSOR_LIMIT, add(table, "lab/d", 10 * MINUTE));
        assertNull(add(table, "lab/d", 10 * MINUTE + 2 * SECOND));
        assertNull(find("lab/a"));
        assertNotNull(find("lab/b"));
    }

    @Test
    void add_tableFullOfEstablishedSensors_oneGivesWayAfterADay() {
        known("lab/a", 0, HOUR);
        known("lab/b", 0, 2 * HOUR);
        known("lab/c", 0, 3 * HOUR);
        assertEquals(FrameFault.SENSOR_LIMIT, add(table, "lab/d", 24 * HOUR));
        assertNull(add(table, "lab/d", 25 * HOUR + SECOND));
        assertNull(find("lab/a"));
        assertNotNull(find("lab/b"));
    }

    /** Its successor of the same name would let a later frame pass one that is on hold, and compute one twice. */
    @Test
    void add_tableFullOfSilentSensorsWithFramesInMemory_noneGivesWay() {
        add(table, "lab/a", 0);
        add(table, "lab/b", 0);
        add(table, "lab/c", 0);
        Slot slot = new Slot(true);
        slot.belongTo(find("lab/a"));
        find("lab/b").inMemory.incrementAndGet();
        find("lab/c").inMemory.incrementAndGet();
        assertEquals(FrameFault.SENSOR_LIMIT, add(table, "lab/d", HOUR));
        slot.clear();
        assertNull(add(table, "lab/d", HOUR + 2 * SECOND));
        assertNull(find("lab/a"));
    }

    @Test
    void add_moreThanAMinuteAllows_isRefusedUntilTheNextPart() {
        SensorTable limited = new SensorTable(100, 6);
        for (int i = 0; i < 6; i++) {
            assertNull(add(limited, "lab/x" + i, 0));
        }
        assertEquals(FrameFault.NEW_SENSORS, add(limited, "lab/y", 9 * SECOND));
        assertNull(add(limited, "lab/y", 10 * SECOND));
        assertEquals(FrameFault.NEW_SENSORS, add(limited, "lab/z", 10 * SECOND));
        assertEquals(7, limited.size());
    }

    /** Over its rate, a flood must not have the table searched; and who is not added must not use up the rate. */
    @Test
    void add_tableFullAndOverTheRate_isRefusedForTheRateAndASearchInVainCostsNothing() {
        SensorTable limited = new SensorTable(1, 1);
        assertNull(add(limited, "lab/a", 0));
        assertEquals(FrameFault.NEW_SENSORS, add(limited, "lab/b", SECOND));
        assertEquals(FrameFault.SENSOR_LIMIT, add(limited, "lab/b", 2 * MINUTE));
        assertEquals(FrameFault.SENSOR_LIMIT, add(limited, "lab/c", 2 * MINUTE));
        assertNull(add(limited, "lab/b", 11 * MINUTE));
        assertNull(limited.find(TOPICS.frame("lab/a")));
    }

    private void known(String sensor, long since, long last) {
        add(table, sensor, since);
        find(sensor).lastSeenNanos = last;
    }

    private static FrameFault add(SensorTable table, String sensor, long nowNanos) {
        SensorState state = new SensorState(sensor, TOPICS, new RouteBatch[0], 1);
        state.lastSeenNanos = nowNanos;
        return table.add(state, nowNanos);
    }

    private SensorState find(String sensor) {
        return table.find(TOPICS.frame(sensor));
    }
}
