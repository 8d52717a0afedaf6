package org.reluctor.stream.pipeline;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.reluctor.stream.codec.FrameFault;

/**
 * The sensors known, by frame topic; bounded in number and in how fast it grows, so that a flood of invented sensors
 * neither fills the memory nor displaces those that serve. Only a sensor with a good frame gets in. When the table is
 * full, the newcomer silent for longest gives way after ten minutes; a sensor heard over more than ten minutes is
 * established, and gives way after a day. Confined to the engine thread, but for {@link #size}.
 */
final class SensorTable {
    static final long NEWCOMER_IDLE_NANOS = TimeUnit.MINUTES.toNanos(10);
    static final long ESTABLISHED_IDLE_NANOS = TimeUnit.DAYS.toNanos(1);
    /** A flood must not have the whole table searched for each of its frames. */
    private static final long SEARCH_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final double SECONDS_PER_MINUTE = 60;

    private final Map<String, SensorState> byTopic;
    private final int most;
    /** Null for no limit. */
    private final RateLimit newcomers;
    private boolean searchedInVain;
    private long searchedNanos;
    private volatile int size;

    /**
     * An empty table.
     *
     * @param most         sensors at once
     * @param newPerMinute sensors that may be added a minute, and at once; 0: no limit
     */
    SensorTable(int most, int newPerMinute) {
        this.most = most;
        this.byTopic = new HashMap<>(2 * Math.min(most, 1024));
        this.newcomers = newPerMinute == 0 ? null : new RateLimit(newPerMinute / SECONDS_PER_MINUTE, newPerMinute);
    }

    /** The sensor of a topic, or null where it is not known. */
    SensorState find(String topic) {
        return byTopic.get(topic);
    }

    /** Takes a sensor in, or tells by which limit it may not be. */
    FrameFault add(SensorState state, long nowNanos) {
        // First, because it is cheap: what is over the rate must not have the table searched.
        if (newcomers != null && !newcomers.tryTake(nowNanos)) {
            return FrameFault.NEW_SENSORS;
        }
        if (byTopic.size() >= most && !hasMadeRoom(nowNanos)) {
            giveBack();
            return FrameFault.SENSOR_LIMIT;
        }
        state.addedNanos = nowNanos;
        byTopic.put(state.frameTopic, state);
        size = byTopic.size();
        return null;
    }

    private boolean hasMadeRoom(long nowNanos) {
        SensorState leaving = dispensable(nowNanos);
        return leaving != null && byTopic.remove(leaving.frameTopic) != null;
    }

    // Nobody was added.
    private void giveBack() {
        if (newcomers != null) {
            newcomers.giveBack();
        }
    }

    /** Forgets all of them; only while no frame is in memory. */
    void clear() {
        byTopic.clear();
        size = 0;
        searchedInVain = false;
    }

    int most() {
        return most;
    }

    /** Any thread. */
    int size() {
        return size;
    }

    /** The sensor that may leave and has been silent for longest, newcomers first; null where none may. */
    private SensorState dispensable(long nowNanos) {
        if (searchedInVain && nowNanos - searchedNanos < SEARCH_PAUSE_NANOS) {
            return null;
        }
        SensorState found = null;
        for (SensorState state : byTopic.values()) {
            if (mayLeave(state, nowNanos) && (found == null || leavesBefore(state, found))) {
                found = state;
            }
        }
        searchedInVain = found == null;
        searchedNanos = nowNanos;
        return found;
    }

    private static boolean mayLeave(SensorState state, long nowNanos) {
        // With frames under way its successor would know nothing of them, nor of a hold that keeps them in order.
        long idleNanos = isEstablished(state) ? ESTABLISHED_IDLE_NANOS : NEWCOMER_IDLE_NANOS;
        return state.inMemory.get() == 0 && nowNanos - state.lastSeenNanos > idleNanos;
    }

    private static boolean isEstablished(SensorState state) {
        return state.lastSeenNanos - state.addedNanos > NEWCOMER_IDLE_NANOS;
    }

    private static boolean leavesBefore(SensorState one, SensorState other) {
        boolean established = isEstablished(one);
        return established == isEstablished(other) ? one.lastSeenNanos - other.lastSeenNanos < 0 : !established;
    }
}
