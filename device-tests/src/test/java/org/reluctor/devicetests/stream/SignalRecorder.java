package org.reluctor.devicetests.stream;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.reluctor.stream.SignalLink;
import org.reluctor.stream.codec.Signal;
import org.reluctor.stream.codec.SignalFormatException;
import org.reluctor.stream.codec.SignalReader;

/** A subscriber's ledger: which signals came, how often, and whether in order once repeated ones are left out. */
public final class SignalRecorder implements SignalLink.Listener {
    private final SignalReader reader = new SignalReader(1 << 20);
    private final Map<String, List<Long>> order = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final List<Signal> signals = new ArrayList<>();
    private int repeated;
    private int unreadable;

    @Override
    public synchronized void arrived(String topic, byte[] payload) {
        try {
            Signal signal = reader.read(payload);
            if (!seen.add(signal.sensor() + "/" + signal.boot() + "/" + signal.seq())) {
                repeated++;
                return;
            }
            signals.add(signal);
            order.computeIfAbsent(signal.sensor(), any -> new ArrayList<>()).add(signal.seq());
        } catch (SignalFormatException e) {
            unreadable++;
        }
    }

    /** Signals without repeated ones. */
    public synchronized int distinct() {
        return signals.size();
    }

    /** Signals that had come before. */
    public synchronized int repeated() {
        return repeated;
    }

    /** Messages that are no signals. */
    public synchronized int unreadable() {
        return unreadable;
    }

    /** All signals in order of arrival, without repeated ones. */
    public synchronized List<Signal> signals() {
        return List.copyOf(signals);
    }

    /** Signals that came after one with a higher number of the same sensor. */
    public synchronized int disordered() {
        int count = 0;
        for (List<Long> seqs : order.values()) {
            for (int i = 1; i < seqs.size(); i++) {
                count += seqs.get(i) < seqs.get(i - 1) ? 1 : 0;
            }
        }
        return count;
    }
}
