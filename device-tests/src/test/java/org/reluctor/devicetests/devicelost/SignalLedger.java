package org.reluctor.devicetests.devicelost;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.reluctor.stream.SignalLink;
import org.reluctor.stream.codec.Signal;
import org.reluctor.stream.codec.SignalFormatException;
import org.reluctor.stream.codec.SignalReader;

/**
 * What a subscriber hears of sensors that number their frames from 0: what is missing, repeated, out of order, or not
 * what {@link NumberedFrames} says is right. Safe for the subscriber's thread and the test's.
 */
public final class SignalLedger implements SignalLink.Listener {
    private final SignalReader reader = new SignalReader(1 << 20);
    private final Map<String, List<Long>> arrived = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private int repeated;
    private int disordered;

    @Override
    public synchronized void arrived(String topic, byte[] payload) {
        try {
            take(reader.read(payload));
        } catch (SignalFormatException e) {
            wrong.add(topic + ": " + e.getMessage());
        }
    }

    private void take(Signal signal) {
        List<Long> before = arrived.computeIfAbsent(signal.sensor(), any -> new ArrayList<>());
        long last = before.isEmpty() ? -1 : before.get(before.size() - 1);
        if (signal.seq() <= last && before.contains(signal.seq())) {
            repeated++;
            return;
        }
        disordered += signal.seq() < last ? 1 : 0;
        before.add(signal.seq());
        if (!Arrays.equals(NumberedFrames.signal(signal.seq()), signal.x())) {
            wrong.add(signal.sensor() + " " + signal.seq() + ": " + Arrays.toString(signal.x()));
        }
    }

    /** Different signals of that sensor. */
    public synchronized int distinct(String sensor) {
        return arrived.getOrDefault(sensor, List.of()).size();
    }

    /** Signals that came more than once, each further one counting. */
    public synchronized int repeated() {
        return repeated;
    }

    /** New signals behind one of a higher number of the same sensor. */
    public synchronized int disordered() {
        return disordered;
    }

    /** Signals whose samples are not right, and what could not be read. */
    public synchronized List<String> wrong() {
        return List.copyOf(wrong);
    }
}
