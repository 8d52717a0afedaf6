package org.reluctor.app.sparkplug;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.reluctor.stream.StreamEvents;

/**
 * The latest signal of each sensor that nobody has taken yet, as far as memory is given for it. The thread that
 * publishes signals leaves a reference here and goes on. Thread-safe; allocates nothing for a signal.
 */
public final class LatestSignals implements StreamEvents {
    private static final long MOST_BYTES = 8 << 20;

    private final Map<String, AtomicReference<byte[]>> sensors = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong();
    private final LongAdder leftOut = new LongAdder();
    private final int most;

    /** @param most sensors that are remembered together; further ones are left out until another is forgotten */
    public LatestSignals(int most) {
        this.most = most;
    }

    @Override
    public void signalEncoded(String sensor, byte[] payload) {
        AtomicReference<byte[]> latest = sensors.get(sensor);
        if (latest == null && sensors.size() < most) {
            latest = new AtomicReference<>();
            sensors.put(sensor, latest);
        }
        if (latest == null || bytes.get() + payload.length > MOST_BYTES) {
            leftOut.increment();
            return;
        }
        bytes.addAndGet(payload.length);
        release(latest.getAndSet(payload));
    }

    private byte[] release(byte[] payload) {
        bytes.addAndGet(payload == null ? 0 : -payload.length);
        return payload;
    }

    /** The sensors that were heard and not forgotten; a live view. */
    Set<String> sensors() {
        return sensors.keySet();
    }

    /** The sensor's latest signal, which is then taken; null where there is none since the last call. */
    byte[] take(String sensor) {
        AtomicReference<byte[]> latest = sensors.get(sensor);
        return latest == null ? null : release(latest.getAndSet(null));
    }

    /** Forgets a sensor until it is heard again. */
    void forget(String sensor) {
        AtomicReference<byte[]> latest = sensors.remove(sensor);
        if (latest != null) {
            release(latest.getAndSet(null));
        }
    }

    /** Signals that found no room. */
    public long leftOut() {
        return leftOut.sum();
    }
}
