package org.reluctor.app.sparkplug;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.reluctor.stream.StreamEvents;

/**
 * The latest signal of each sensor that nobody has taken yet. The thread that publishes signals leaves a reference here
 * and goes on. Thread-safe; allocates nothing for a signal.
 */
public final class LatestSignals implements StreamEvents {
    private final Map<String, AtomicReference<byte[]>> sensors = new ConcurrentHashMap<>();
    private final int most;

    /** @param most sensors that are remembered together; further ones are left out until another is forgotten */
    public LatestSignals(int most) {
        this.most = most;
    }

    @Override
    public void signalEncoded(String sensor, byte[] payload) {
        AtomicReference<byte[]> latest = sensors.get(sensor);
        if (latest != null) {
            latest.set(payload);
        } else if (sensors.size() < most) {
            sensors.put(sensor, new AtomicReference<>(payload));
        }
    }

    /** The sensors that were heard and not forgotten; a live view. */
    Set<String> sensors() {
        return sensors.keySet();
    }

    /** The sensor's latest signal, which is then taken; null where there is none since the last call. */
    byte[] take(String sensor) {
        AtomicReference<byte[]> latest = sensors.get(sensor);
        return latest == null ? null : latest.getAndSet(null);
    }

    /** Forgets a sensor until it is heard again. */
    void forget(String sensor) {
        sensors.remove(sensor);
    }
}
