package org.reluctor.stream.pipeline;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The sensors known, by frame topic; bounded, so that a flood of invented sensors fills no memory. Only a sensor with a
 * good frame gets in; when it is full, one that was silent for ten minutes gives way. Confined to the engine thread,
 * but for {@link #size}.
 */
final class SensorTable {
    private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final Map<String, SensorState> byTopic;
    private final int most;
    private volatile int size;

    SensorTable(int most) {
        this.most = most;
        this.byTopic = new HashMap<>(2 * Math.min(most, 1024));
    }

    /** The sensor of a topic, or null where it is not known. */
    SensorState find(String topic) {
        return byTopic.get(topic);
    }

    /** Takes a sensor in; false where there is no room. */
    boolean add(SensorState state, long nowNanos) {
        if (byTopic.size() >= most && !evictIdle(nowNanos)) {
            return false;
        }
        byTopic.put(state.frameTopic, state);
        size = byTopic.size();
        return true;
    }

    int most() {
        return most;
    }

    /** Any thread. */
    int size() {
        return size;
    }

    private boolean evictIdle(long nowNanos) {
        for (Iterator<SensorState> states = byTopic.values().iterator(); states.hasNext();) {
            SensorState state = states.next();
            if (state.inMemory.get() == 0 && nowNanos - state.lastSeenNanos > IDLE_NANOS) {
                states.remove();
                return true;
            }
        }
        return false;
    }
}
