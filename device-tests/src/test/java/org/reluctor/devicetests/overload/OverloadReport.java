package org.reluctor.devicetests.overload;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.reluctor.app.json.JsonText;

/** Figures of an overload in the order in which they are shown, and which of the promises were kept. */
final class OverloadReport {
    private final Map<String, Object> figures = new LinkedHashMap<>();
    private final List<String> lines = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    void figure(String key, String words, double value) {
        figures.put(key, value);
        lines.add(String.format("%-74s %12.1f", words, value));
    }

    void latency(String key, String words, Latencies latencies) {
        figures.put(key, latencies.json());
        lines.add(String.format("%-24s %s", words, latencies));
    }

    /** A promise: the figure must lie between the bounds, both included. */
    void promise(String key, String words, double value, double low, double high) {
        boolean kept = value >= low && value <= high;
        figures.put(key, value);
        String bound = low == high ? String.format("must be %.0f", low) : low == 0
                ? String.format("at most %.1f", high) : String.format("%.1f to %.1f", low, high);
        lines.add(String.format("%-74s %12.1f   %s: %s", words, value, kept ? "ok" : "FAILED", bound));
        if (!kept) {
            broken.add(words + ": " + value + ", " + bound);
        }
    }

    /** Promises that were not kept, one line each. */
    List<String> broken() {
        return List.copyOf(broken);
    }

    String json() {
        figures.put("passed", broken.isEmpty());
        return JsonText.of(figures);
    }

    @Override
    public String toString() {
        return String.join(System.lineSeparator(), lines);
    }
}
