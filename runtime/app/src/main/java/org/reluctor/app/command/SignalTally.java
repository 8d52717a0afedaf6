package org.reluctor.app.command;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.reluctor.stream.codec.Signal;

/**
 * Counts the signals of a subscription: how many, how many are missing between the first and the last of each sensor
 * and boot, how many came twice. One thread at a time.
 */
final class SignalTally {
    private final Map<String, Run> runs = new HashMap<>();
    private final Histogram latencyMicros = new Histogram(3);
    private long received;
    private long duplicated;

    /** Counts a signal; whether it is heard for the first time. */
    boolean add(Signal signal) {
        Run run = runs.computeIfAbsent(signal.sensor() + "#" + signal.boot(), key -> new Run(signal.seq()));
        if (!run.add(signal.seq())) {
            duplicated++;
            return false;
        }
        received++;
        latencyMicros.recordValue(Math.max(0, signal.latencyMicros()));
        return true;
    }

    /** Distinct signals. */
    long received() {
        return received;
    }

    /** Signals that came again. */
    long duplicated() {
        return duplicated;
    }

    /** Sequence numbers missing between the first heard and the last. */
    long lost() {
        return runs.values().stream().mapToLong(Run::missing).sum();
    }

    /** Sensors and boots heard. */
    int runs() {
        return runs.size();
    }

    /** A percentile of the latency that the signals tell, from frame's receipt to encoding, in µs. */
    long latencyMicros(double percentile) {
        return latencyMicros.getValueAtPercentile(percentile);
    }

    /** Sequence numbers of one sensor since one start of it. */
    private static final class Run {
        private static final int MOST = 1 << 26;

        private final long first;
        private final BitSet seen = new BitSet();

        Run(long first) {
            this.first = first;
        }

        /** False where the number has been heard; numbers before the first heard are late ones of a shared session. */
        boolean add(long seq) {
            long place = seq - first;
            if (place < 0 || place >= MOST) {
                return true;
            }
            boolean fresh = !seen.get((int) place);
            seen.set((int) place);
            return fresh;
        }

        long missing() {
            return seen.length() - (long) seen.cardinality();
        }
    }
}
