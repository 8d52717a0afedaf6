package org.reluctor.devicetests.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.reluctor.app.json.JsonText;

/**
 * All that a run of the benchmark found.
 *
 * @param device     that ours ran on
 * @param peer       name and version
 * @param ceilings   of the device
 * @param rows       what was measured
 * @param failures   what was not, title and reason
 * @param loadBefore load average of the machine
 * @param loadAfter  the same at the end
 */
record PeerReport(String device, String peer, Ceilings ceilings, List<PeerRow> rows, Map<String, String> failures,
        double loadBefore, double loadAfter) {

    /** One JSON object. */
    String json() {
        return JsonText.of("device", device, "peer", peer,
                "ceilings", JsonText.map("gflops", ceilings.gflops(), "gbytesPerSecond", ceilings.memoryGbytes(),
                        "cacheGbytesPerSecond", ceilings.cacheGbytes()),
                "rows", rows.stream().map(PeerReport::json).toList(),
                "failures", failures.entrySet().stream()
                        .map(failure -> JsonText.map("row", failure.getKey(), "reason", failure.getValue())).toList(),
                "loadAverageBefore", loadBefore, "loadAverageAfter", loadAfter);
    }

    private static Map<String, Object> json(PeerRow row) {
        return JsonText.map("network", row.network(), "batch", row.batch(), "weights", row.format(),
                "activity", row.activity(), "oursUs", row.times().oursUs(), "peerUs", row.times().peerUs(),
                "peerSetting", row.times().peerSetting(), "peerOneThreadUs", row.times().peerOneUs(),
                "floorUs", row.times().floorUs(), "floorWokenUs", row.times().floorWokenUs(),
                "ratio", row.ratio(), "ratioLow", row.times().ratioLow(), "ratioHigh", row.times().ratioHigh(),
                "othersProcessors", row.times().others(),
                "gflops", row.rates().gflops(), "gbytesPerSecond", row.rates().gbytesPerSecond(),
                "fraction", row.rates().fraction(), "errorL2", row.errorL2(),
                "errorLimit", ErrorLimit.of(row.weights()), "peerErrorL2", row.peerError());
    }

    /** The table for people. */
    String table() {
        List<String> lines = new ArrayList<>();
        lines.add(device + " against " + peer);
        lines.add(String.format(Locale.ROOT, "ceilings: %.0f GFLOP/s; reads %.0f GB/s (%d MiB), %.0f GB/s (%d MiB)",
                ceilings.gflops(), ceilings.cacheGbytes(), Ceilings.CACHE_BYTES >> 20, ceilings.memoryGbytes(),
                Ceilings.MEMORY_BYTES >> 20));
        lines.add("");
        lines.add(String.format("%-14s %5s %8s %8s %8s %8s %9s %9s %-15s %6s %11s %8s %6s %7s %8s %8s %6s",
                "network", "batch", "weights", "activity", "floor us", "woken us", "ours us", "peer us",
                "peer's best", "ratio", "quartiles", "GFLOP/s", "GB/s", "ceiling", "error", "peer's", "others"));
        rows.forEach(row -> lines.add(line(row)));
        failures.forEach((title, reason) -> lines.add(title + ": not measured: " + reason));
        lines.add("");
        lines.addAll(verdict());
        lines.add("floor: writing the measurements, launching a kernel that does nothing, reading the signals; in the"
                + " calling thread where the driver can.");
        lines.add("woken: the same with a launch on all compute units, whose threads have to be woken.");
        lines.add("ratio: peer's median over ours. GFLOP/s and GB/s: what the batch needs, over our time. quartiles:"
                + " of the ratio within a round.");
        lines.add("ceiling: the least time by the ceilings, over ours.");
        lines.add("others: processors that other programs kept busy in the rounds that count.");
        lines.add(String.format(Locale.ROOT, "load average %.1f before, %.1f after", loadBefore, loadAfter));
        return String.join(System.lineSeparator(), lines);
    }

    /** Rows whose signals are further from float64 than their weights' format allows. */
    List<PeerRow> inexact() {
        return rows.stream().filter(row -> !row.isExact()).toList();
    }

    private List<String> verdict() {
        if (inexact().isEmpty()) {
            return List.of("errors against float64: all within the limits of their formats");
        }
        return inexact().stream().map(row -> String.format(Locale.ROOT, "%s: error %.1e is over its limit of %.0e",
                row.title(), row.errorL2(), ErrorLimit.of(row.weights()))).toList();
    }

    private static String line(PeerRow row) {
        return String.format(Locale.ROOT, "%-14s %5d %8s %6.0f %% %8.1f %8.1f %9.1f %9.1f %-15s %6.2f %5.2f-%-5.2f"
                + " %8.1f %6.1f %5.0f %% %8.1e %8.1e %6.2f",
                row.network(), row.batch(), row.format(), 100 * row.activity(), row.times().floorUs(),
                row.times().floorWokenUs(), row.times().oursUs(), row.times().peerUs(), row.times().peerSetting(),
                row.ratio(), row.times().ratioLow(), row.times().ratioHigh(), row.rates().gflops(),
                row.rates().gbytesPerSecond(), 100 * row.rates().fraction(), row.errorL2(), row.peerError(),
                row.times().others());
    }
}
