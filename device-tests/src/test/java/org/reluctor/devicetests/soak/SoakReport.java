package org.reluctor.devicetests.soak;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.reluctor.app.json.JsonText;

/** A soak in words: two tables for people, one JSON object for programs. */
final class SoakReport {
    private final SoakRecord soak;
    private final SoakVerdict verdict;

    SoakReport(SoakRecord soak, SoakVerdict verdict) {
        this.soak = soak;
        this.verdict = verdict;
    }

    /** Lines for people. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(Locale.ROOT, "%n%-36s %6s %14s %14s%n", "fault", "times", "median, s", "longest, s"));
        faultsByKind().forEach((kind, marks) -> text.append(String.format(Locale.ROOT, "%-36s %6d %14.1f %14.1f%n",
                kind, marks.size(), median(marks), longest(marks))));
        text.append(String.format(Locale.ROOT, "%nafter %s of warm-up%n",
                TimeWords.of(soak.plan().warmUpSeconds())));
        for (SoakVerdict.Finding finding : verdict.findings()) {
            text.append(String.format(Locale.ROOT, "%-18s %-44s %-8s %s%n", finding.what(), finding.found(),
                    finding.kept() ? "ok:" : "FAILED:", finding.bound()));
        }
        text.append(String.format(Locale.ROOT, "%,d frames, %,d signals came twice%n%n", soak.deliveries().sent(),
                soak.deliveries().duplicated()));
        if (soak.cutShort()) {
            text.append(String.format(Locale.ROOT, "cut short: %s of %s%n", TimeWords.of(soak.seconds()),
                    TimeWords.of(soak.plan().length().toSeconds())));
        }
        return text.append(verdict.passed() ? "passed" : "FAILED").append(System.lineSeparator()).toString();
    }

    /** One object. */
    String json() {
        SoakRecord.Deliveries deliveries = soak.deliveries();
        return JsonText.of(JsonText.map("seconds", Math.round(soak.seconds()), "cutShort", soak.cutShort(),
                "faults", soak.faults().size(), "frames", deliveries.sent(), "lost", deliveries.lost(),
                "disordered", deliveries.disordered(), "duplicated", deliveries.duplicated(),
                "spoilt", deliveries.spoilt(), "slopes", slopes(),
                "latencyP99FirstUs", verdict.first().getValueAtPercentile(99),
                "latencyP99LastUs", verdict.last().getValueAtPercentile(99),
                "kinds", kinds(), "passed", verdict.passed()));
    }

    private Map<String, Object> slopes() {
        Map<String, Object> slopes = new LinkedHashMap<>();
        verdict.slopes().forEach((figure, slope) -> slopes.put(figure.title(), JsonText.map(
                "unit", figure.unit().isEmpty() ? "1/h" : figure.unit() + "/h", "slope", slope.slope(),
                "low", slope.low(), "high", slope.high(), "points", slope.count(),
                "passed", SoakVerdict.flat(slope))));
        return slopes;
    }

    private List<Map<String, Object>> kinds() {
        return faultsByKind().entrySet().stream().map(kind -> JsonText.map("kind", kind.getKey(),
                "times", kind.getValue().size(), "recoveryP50Ms", Math.round(1e3 * median(kind.getValue())),
                "recoveryMaxMs", Math.round(1e3 * longest(kind.getValue())))).toList();
    }

    private Map<String, List<FaultMark>> faultsByKind() {
        return soak.faults().stream().collect(Collectors.groupingBy(FaultMark::kind, LinkedHashMap::new,
                Collectors.toList()));
    }

    private static double median(List<FaultMark> marks) {
        return marks.stream().mapToDouble(FaultMark::recoverySeconds).sorted().skip(marks.size() / 2).findFirst()
                .orElse(0);
    }

    private static double longest(List<FaultMark> marks) {
        return marks.stream().mapToDouble(FaultMark::recoverySeconds).max().orElse(0);
    }
}
