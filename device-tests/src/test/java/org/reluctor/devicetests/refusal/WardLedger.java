package org.reluctor.devicetests.refusal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.reluctor.stream.SignalLink;
import org.reluctor.stream.codec.Signal;
import org.reluctor.stream.codec.SignalFormatException;
import org.reluctor.stream.codec.SignalReader;

/** What a subscriber to all signals and errors has heard. Safe for the subscriber's thread and the test's. */
final class WardLedger implements SignalLink.Listener {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SignalReader reader = new SignalReader(1 << 20);
    private final Map<String, List<Signal>> signals = new HashMap<>();
    private final List<Answer> answers = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();

    /**
     * An answer on an error topic.
     *
     * @param topic it came on
     * @param body  JSON
     */
    record Answer(String topic, JsonNode body) {
    }

    @Override
    public synchronized void arrived(String topic, byte[] payload) {
        try {
            if (topic.endsWith("/error")) {
                answers.add(new Answer(topic, JSON.readTree(payload)));
            } else {
                Signal signal = reader.read(payload);
                signals.computeIfAbsent(signal.sensor(), any -> new ArrayList<>()).add(signal);
            }
        } catch (IOException | SignalFormatException e) {
            unreadable.add(topic + ": " + e.getMessage());
        }
    }

    synchronized int signalCount() {
        return signals.values().stream().mapToInt(List::size).sum();
    }

    synchronized List<Answer> answers() {
        return List.copyOf(answers);
    }

    synchronized Signal last(String sensor) {
        List<Signal> all = signals.get(sensor);
        return all.get(all.size() - 1);
    }

    /** Fails unless the sensor's signals came once each, in order, with the right samples; numbers in {@code without}
     *  must not have come, and the signal behind {@code gapBefore} says so. */
    synchronized void assertComplete(String sensor, long frames, List<Long> without, List<Long> gapBefore) {
        List<Long> expected = new ArrayList<>();
        for (long seq = 0; seq < frames; seq++) {
            if (!without.contains(seq)) {
                expected.add(seq);
            }
        }
        List<Signal> found = signals.getOrDefault(sensor, List.of());
        assertEquals(expected, found.stream().map(Signal::seq).toList(), sensor);
        assertEquals(List.of(), unreadable);
        for (Signal signal : found) {
            String name = sensor + " " + signal.seq();
            assertEquals(Ward.BOOT, signal.boot(), name);
            assertEquals(gapBefore.contains(signal.seq()) ? Signal.FLAG_GAP : 0, signal.flags(), name);
            assertArrayEquals(Ward.signal(sensor, signal.seq()), signal.x(), name);
        }
    }
}
