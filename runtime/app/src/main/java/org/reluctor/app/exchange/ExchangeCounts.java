package org.reluctor.app.exchange;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.reluctor.app.recovery.DeployedNetwork;

/** What was exchanged, gone back from and refused since the start. Safe for several threads. */
public final class ExchangeCounts {
    private final LongAdder exchanged = new LongAdder();
    private final LongAdder goneBack = new LongAdder();
    private final Map<String, LongAdder> refused = new LinkedHashMap<>();

    ExchangeCounts() {
        ExchangeFault.reasons().forEach(reason -> refused.put(reason, new LongAdder()));
    }

    /** Nothing is counted where the same network is at work as before. */
    void done(DeployedNetwork before, DeployedNetwork now) {
        if (before == now) {
            return;
        }
        long change = now.signed().orElseThrow().manifest().version()
                - before.signed().orElseThrow().manifest().version();
        (change > 0 ? exchanged : goneBack).increment();
    }

    void refused(String reason) {
        refused.get(reason).increment();
    }

    /** Networks that took another's place. */
    public long exchanged() {
        return exchanged.sum();
    }

    /** Rollbacks. */
    public long goneBack() {
        return goneBack.sum();
    }

    /** Networks that were not taken, by reason; all reasons are there. */
    public Map<String, Long> refused() {
        Map<String, Long> sums = new LinkedHashMap<>();
        refused.forEach((reason, count) -> sums.put(reason, count.sum()));
        return sums;
    }
}
