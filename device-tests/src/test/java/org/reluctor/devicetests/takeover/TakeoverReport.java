package org.reluctor.devicetests.takeover;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.reluctor.app.json.JsonText;
import org.reluctor.devicetests.faults.ledger.Verdict;

/**
 * What a run of takeovers has shown.
 *
 * @param takeovers of every round
 * @param term      of the claim that holds: it grows by one with every change of the gateway that serves
 * @param claims    of the whole run, those included that met a greater one of the same term
 * @param verdict   of the books
 * @param exits     how members ended that nobody had killed
 */
record TakeoverReport(List<Takeover> takeovers, long term, int claims, Verdict verdict, List<String> exits) {

    /** What is not as promised. */
    List<String> broken() {
        List<String> broken = new ArrayList<>(verdict.findings());
        if (verdict.lost() + verdict.lostByBroker() > 0) {
            broken.add(verdict.lost() + verdict.lostByBroker() + " frames lost");
        }
        if (verdict.disordered() + verdict.disorderedByBroker() > 0) {
            broken.add(verdict.disordered() + verdict.disorderedByBroker() + " signals out of order");
        }
        if (term != takeovers.size() + 1) {
            broken.add(term + " terms for " + takeovers.size() + " faults; one for each, and the first, is right");
        }
        exits.forEach(exit -> broken.add("a gateway ended by itself: " + exit.strip()));
        return broken;
    }

    String table() {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "keep-alive %d s, grace %d s%n%-8s %7s"
                + " %19s %19s %19s %20s%n", TakeoverOptions.KEEP_ALIVE_SECONDS, TakeoverOptions.GRACE_SECONDS, "owner",
                "rounds", "offline p50/max, s", "claimed p50/max, s", "signals p50/max, s", "in keep-alives"));
        for (OwnerFault fault : OwnerFault.values()) {
            if (times(fault, Takeover::claimMillis).length > 0) {
                text.append(row(fault));
            }
        }
        text.append(String.format(Locale.ROOT, "%d frames, %d signals: %d lost, %d out of order once repeated ones are"
                + " left out, %d spoilt; %d repeated%n", verdict.frames(), verdict.signals(), verdict.lost()
                + verdict.lostByBroker(), verdict.disordered() + verdict.disorderedByBroker(), verdict.spoilt(),
                verdict.duplicated()));
        text.append(String.format(Locale.ROOT, "%d terms: one for each round, and the first, is right; %d claims met a"
                + " greater one of the same term%n", term, claims - term));
        return text.append(broken().isEmpty() ? "all promises kept\n" : String.join("\n", broken()) + "\n").toString();
    }

    private String row(OwnerFault fault) {
        long[] signals = times(fault, Takeover::signalMillis);
        return String.format(Locale.ROOT, "%-8s %7d %19s %19s %19s %20s%n", fault.name().toLowerCase(Locale.ROOT),
                signals.length, pair(times(fault, Takeover::offlineMillis), 1000),
                pair(times(fault, Takeover::claimMillis), 1000), pair(signals, 1000),
                pair(signals, 1000 * TakeoverOptions.KEEP_ALIVE_SECONDS));
    }

    private static String pair(long[] sorted, double unit) {
        return String.format(Locale.ROOT, "%.2f / %.2f", sorted[sorted.length / 2] / unit,
                sorted[sorted.length - 1] / unit);
    }

    private long[] times(OwnerFault fault, ToLongFunction<Takeover> time) {
        return takeovers.stream().filter(each -> each.fault() == fault).mapToLong(time).sorted().toArray();
    }

    String json() {
        return JsonText.of(JsonText.map("keepAliveSeconds", TakeoverOptions.KEEP_ALIVE_SECONDS, "graceSeconds",
                TakeoverOptions.GRACE_SECONDS, "frames", verdict.frames(), "lost", verdict.lost()
                + verdict.lostByBroker(), "disordered", verdict.disordered() + verdict.disorderedByBroker(),
                "duplicated", verdict.duplicated(), "terms", term, "claims", claims, "broken", broken(), "owners",
                Arrays.stream(OwnerFault.values()).filter(fault -> times(fault, Takeover::claimMillis).length > 0)
                        .map(fault -> JsonText.map("fault", fault.name().toLowerCase(Locale.ROOT), "rounds",
                                times(fault, Takeover::signalMillis).length, "takeoverP50Ms",
                                middle(times(fault, Takeover::signalMillis)), "takeoverMaxMs",
                                last(times(fault, Takeover::signalMillis)))).toList()));
    }

    private static long middle(long[] sorted) {
        return sorted[sorted.length / 2];
    }

    private static long last(long[] sorted) {
        return sorted[sorted.length - 1];
    }
}
