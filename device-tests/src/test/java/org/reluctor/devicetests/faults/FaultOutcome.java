package org.reluctor.devicetests.faults;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.reluctor.app.json.JsonText;
import org.reluctor.devicetests.faults.ledger.Verdict;

/**
 * What a run of faults has shown.
 *
 * @param records    of every fault
 * @param verdict    of the books of both rigs
 * @param violations what else is wrong
 * @param exits      how gateways ended that nobody had killed, and were started again
 * @param unheard    frames that no gateway had subscribed to when the broker got them
 */
record FaultOutcome(List<FaultRecord> records, Verdict verdict, List<String> violations, List<String> exits,
        long unheard) {

    /** Nothing lost, nothing disordered, well again after every fault. */
    boolean isGood() {
        return verdict.isGood() && violations.isEmpty()
                && records.stream().allMatch(record -> record.recoveryMillis() >= 0);
    }

    String json() {
        long[] recoveries = recoveries(null);
        return JsonText.of(JsonText.map("faults", records.size(), "frames", verdict.frames(), "lost", verdict.lost(),
                "disordered", verdict.disordered(), "duplicated", verdict.duplicated(), "recoveryP50Ms",
                median(recoveries), "recoveryMaxMs", most(recoveries), "lostByBroker", verdict.lostByBroker(),
                "disorderedByBroker", verdict.disorderedByBroker(), "spoilt", verdict.spoilt(), "unheard", unheard,
                "exits", exits, "violations", violations, "passed", isGood(), "kinds", kinds()));
    }

    private List<Map<String, Object>> kinds() {
        return Arrays.stream(FaultKind.values()).filter(kind -> recoveries(kind).length > 0).map(kind -> {
            long[] recoveries = recoveries(kind);
            return JsonText.map("kind", kind.word(), "faults", recoveries.length, "recoveryP50Ms", median(recoveries),
                    "recoveryMaxMs", most(recoveries));
        }).toList();
    }

    String table() {
        StringBuilder text = new StringBuilder(String.format("%-24s %6s %14s %14s%n", "kind", "faults",
                "recovery p50", "max, ms"));
        for (FaultKind kind : FaultKind.values()) {
            long[] recoveries = recoveries(kind);
            if (recoveries.length > 0) {
                text.append(row(kind.word(), recoveries));
            }
        }
        text.append(row("all", recoveries(null)));
        text.append(String.format("%n%d frames, %d signals: %d lost, %d disordered, %d spoilt; %d duplicated%n",
                verdict.frames(), verdict.signals(), verdict.lost(), verdict.disordered(), verdict.spoilt(),
                verdict.duplicated()));
        text.append(String.format("%d lost by brokers that were killed, after their last save; %d handed on out of "
                + "order by brokers; %d sent while nobody had subscribed%n", verdict.lostByBroker(),
                verdict.disorderedByBroker(), unheard));
        exits.forEach(exit -> text.append("a gateway ended by itself, and was started again: ").append(exit.strip())
                .append('\n'));
        return text.toString();
    }

    private static String row(String word, long[] recoveries) {
        return String.format("%-24s %6d %14d %14d%n", word, recoveries.length, median(recoveries), most(recoveries));
    }

    /** Sorted; null for all kinds. */
    private long[] recoveries(FaultKind kind) {
        return records.stream().filter(record -> kind == null || record.kind() == kind)
                .mapToLong(FaultRecord::recoveryMillis).sorted().toArray();
    }

    private static long median(long[] sorted) {
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }

    private static long most(long[] sorted) {
        return Arrays.stream(sorted).max().orElse(0);
    }

    /** Everything that is wrong, by name. */
    List<String> wrongs() {
        return Stream.concat(violations.stream(), verdict.findings().stream()).toList();
    }
}
