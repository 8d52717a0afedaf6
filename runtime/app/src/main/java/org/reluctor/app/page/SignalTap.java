package org.reluctor.app.page;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.reluctor.stream.StreamEvents;

/**
 * Keeps a few of the signals that go out, of those sensors that a page looks at, until the page's thread takes them.
 * The thread that publishes signals leaves a reference here and goes on: what finds no room is left out and counted.
 * Thread-safe; allocates nothing for a signal.
 */
final class SignalTap implements StreamEvents {
    private static final int MOST_SENSORS = 1024;
    /** In a row, so that a curve has a stretch without a break also where signals come faster than an eye follows. */
    private static final int MOST_OF_A_SENSOR = 4;
    /** Of payloads above this one waits at a time. */
    private static final int LARGE_BYTES = 32 << 10;

    private final Map<String, Sensor> sensors = new ConcurrentHashMap<>();
    private final LongAdder leftOut = new LongAdder();

    /** One sensor's signals. */
    private static final class Sensor {
        /** Null where no page looks. */
        private volatile Queue<byte[]> waiting;
    }

    @Override
    public void signalEncoded(String name, byte[] payload) {
        Sensor sensor = sensors.get(name);
        if (sensor == null) {
            add(name);
            return;
        }
        Queue<byte[]> waiting = sensor.waiting;
        if (waiting != null && !isTaken(waiting, payload)) {
            leftOut.increment();
        }
    }

    private void add(String name) {
        if (sensors.size() < MOST_SENSORS) {
            sensors.putIfAbsent(name, new Sensor());
        }
    }

    private static boolean isTaken(Queue<byte[]> waiting, byte[] payload) {
        return (payload.length <= LARGE_BYTES || waiting.isEmpty()) && waiting.offer(payload);
    }

    /** The sensors that were heard, in order of their names. */
    List<String> sensors() {
        List<String> names = new ArrayList<>(sensors.keySet());
        Collections.sort(names);
        return names;
    }

    /** Keeps signals of these sensors from now on, and of no others. */
    void lookAt(Set<String> names) {
        sensors.forEach((name, sensor) -> {
            if (names.contains(name) != (sensor.waiting != null)) {
                sensor.waiting = names.contains(name) ? new ArrayBlockingQueue<>(MOST_OF_A_SENSOR) : null;
            }
        });
    }

    /** The oldest signal of that sensor that is kept, or null. */
    byte[] take(String name) {
        Sensor sensor = sensors.get(name);
        Queue<byte[]> waiting = sensor == null ? null : sensor.waiting;
        return waiting == null ? null : waiting.poll();
    }

    /** Signals that pages looked for and that were not shown, because they came faster than curves are drawn. */
    long leftOut() {
        return leftOut.sum();
    }
}
