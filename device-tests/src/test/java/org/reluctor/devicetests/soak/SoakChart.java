package org.reluctor.devicetests.soak;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A soak at one glance, as SVG: a lane for each kind of fault, a panel for each figure with its slope, and one for
 * latency, all over the same time. Faint lines are all samples, dots the points that the slope is taken from.
 */
final class SoakChart {
    private static final int WIDTH = 960;
    private static final int TOP = 64;
    private static final int LANE = 15;
    private static final int GAP = 14;
    private static final String STYLE = """
            svg { --text: #57606a; --strong: #24292f; --edge: #d0d7de; --data: #3b82c4; --slow: #8250df;
              --trend: #c4763b; --good: #1a7f37; --bad: #cf222e; --veil: rgba(128, 136, 144, 0.14) }
            @media (prefers-color-scheme: dark) { svg { --text: #9aa4ae; --strong: #e6edf3; --edge: #3d444d;
              --data: #58a6ff; --slow: #bc8cff; --trend: #f0a35e; --good: #3fb950; --bad: #f85149 } }
            text { font: 13px system-ui, sans-serif; fill: var(--text) }
            .title { font-weight: 600; font-size: 16px; fill: var(--strong) }
            .name { font-weight: 600; fill: var(--strong) }
            .small { font-size: 11px }
            .kept { fill: var(--good) } .broken { fill: var(--bad); font-weight: 600 }
            .frame { fill: none; stroke: var(--edge) }
            .veil { fill: var(--veil) }
            .strike { stroke: var(--veil); stroke-width: 1.5 }
            .fault { fill: var(--bad) } .recovery { fill: var(--bad); opacity: 0.4 }
            .all { fill: none; stroke: var(--data); opacity: 0.4; stroke-width: 1 }
            .point { fill: var(--data) }
            .middle { fill: none; stroke: var(--data); stroke-width: 1.5 }
            .slowest { fill: none; stroke: var(--slow); stroke-width: 1.5 }
            .lower { fill: var(--data) } .upper { fill: var(--slow) }
            .trend { stroke: var(--trend); stroke-width: 2 }
            .bound { stroke: var(--trend); stroke-width: 1; stroke-dasharray: 3 3 }
            """;

    private final SoakRecord soak;
    private final SoakVerdict verdict;
    private final double hours;
    private final SvgPage page;
    private double y = TOP;

    private SoakChart(SoakRecord soak, SoakVerdict verdict) {
        this.soak = soak;
        this.verdict = verdict;
        this.hours = soak.seconds() / 3600;
        int height = TOP + LANE * lanes().size() + GAP + (Panel.HEIGHT + GAP) * (figures().size() + 1) + 24;
        this.page = new SvgPage(WIDTH, height, "Soak of a gateway", STYLE);
    }

    /** The chart as a document. */
    static String of(SoakRecord soak, SoakVerdict verdict) {
        return new SoakChart(soak, verdict).draw();
    }

    private String draw() {
        page.text(12, 24, "start", "title", title());
        page.text(12, 44, "start", "small", soak.subject());
        double bottom = TOP + LANE * lanes().size() + (Panel.HEIGHT + GAP) * (figures().size() + 1);
        page.box("veil", Panel.LEFT, TOP, Panel.x(soak.plan().warmUpSeconds() / 3600, hours) - Panel.LEFT,
                bottom - TOP);
        soak.faults().forEach(fault -> page.line("strike", at(fault.beginSeconds()), TOP, at(fault.beginSeconds()),
                bottom));
        faults();
        figures().forEach(this::figure);
        latency();
        hoursBelow(bottom);
        return page.end();
    }

    private String title() {
        return String.format(Locale.ROOT, "%s under %d faults, %,d frames: %d lost, %d disordered, %s%s",
                TimeWords.of(soak.seconds()), soak.faults().size(), soak.deliveries().sent(),
                soak.deliveries().lost(), soak.deliveries().disordered(), verdict.passed() ? "passed" : "FAILED",
                soak.cutShort() ? " (cut short)" : "");
    }

    private double at(double seconds) {
        return Panel.x(seconds / 3600, hours);
    }

    private Map<String, List<FaultMark>> lanes() {
        Map<String, List<FaultMark>> lanes = new LinkedHashMap<>();
        soak.faults().forEach(fault -> lanes.computeIfAbsent(fault.kind(), any -> new ArrayList<>()).add(fault));
        return lanes;
    }

    private void faults() {
        lanes().forEach((kind, marks) -> {
            for (FaultMark mark : marks) {
                double begin = at(mark.beginSeconds());
                double over = at(mark.overSeconds());
                page.box("recovery", over, y + 3, at(mark.wellSeconds()) - over, LANE - 7);
                page.box("fault", begin, y + 3, Math.max(2, over - begin), LANE - 7);
            }
            double longest = marks.stream().mapToDouble(FaultMark::recoverySeconds).max().orElse(0);
            page.text(Panel.LEFT + Panel.WIDTH + 12, y + 11, "start", "small", marks.size() + " × " + kind
                    + (longest > 0 ? String.format(Locale.ROOT, ", well in %.1f s", longest) : ""));
            y += LANE;
        });
        y += GAP;
    }

    /** Those that were taken. */
    private List<Figure> figures() {
        return Arrays.stream(Figure.values())
                .filter(figure -> soak.samples().stream().anyMatch(sample -> sample.values().containsKey(figure)))
                .toList();
    }

    private void figure(Figure figure) {
        Sample.Points all = Sample.all(soak.samples(), figure);
        Sample.Points points = Sample.medians(soak.samples(), figure, 0, soak.plan().roundSeconds());
        Panel panel = Panel.linear(page, y, hours, all.values(), 4 * Figure.MOST_AN_HOUR);
        panel.frame(figure.title(), figure.unit());
        panel.curve("all", all);
        panel.dots("point", points);
        TheilSen slope = verdict.slopes().get(figure);
        if (slope != null) {
            trend(panel, slope, points);
        }
        finding(figure.title(), panel);
        y += Panel.HEIGHT + GAP;
    }

    /** The slope through the middle of the judged points, and the ends of its interval through the same. */
    private void trend(Panel panel, TheilSen slope, Sample.Points points) {
        double from = soak.plan().warmUpSeconds() / 3600;
        double middleHour = (from + hours) / 2;
        double[] offsets = new double[points.count()];
        Arrays.setAll(offsets, i -> points.hours()[i] < from ? Double.NaN
                : points.values()[i] - slope.slope() * (points.hours()[i] - middleHour));
        double[] judged = Arrays.stream(offsets).filter(value -> !Double.isNaN(value)).sorted().toArray();
        double middle = judged[judged.length / 2];
        double before = from - middleHour;
        for (double bound : new double[] {slope.low(), slope.high()}) {
            panel.line("bound", from, middle + bound * before, hours, middle - bound * before);
        }
        panel.line("trend", from, middle + slope.slope() * before, hours, middle - slope.slope() * before);
    }

    private void latency() {
        Sample.Points middle = millis(soak.latencies().percentiles(50));
        Sample.Points slowest = millis(soak.latencies().percentiles(99));
        double[] all = Arrays.copyOf(middle.values(), middle.count() + slowest.count());
        System.arraycopy(slowest.values(), 0, all, middle.count(), slowest.count());
        Panel panel = Panel.logarithmic(page, y, hours, all);
        panel.frame("latency away from faults", "ms");
        page.text(Panel.LEFT + Panel.WIDTH - 6, y + 15, "end", "small lower", "median");
        page.text(Panel.LEFT + Panel.WIDTH - 54, y + 15, "end", "small upper", "99th percentile");
        panel.curve("middle", middle);
        panel.curve("slowest", slowest);
        finding("p99 latency", panel);
        y += Panel.HEIGHT + GAP;
    }

    private static Sample.Points millis(Sample.Points micros) {
        return new Sample.Points(micros.hours(), Arrays.stream(micros.values()).map(each -> each / 1e3).toArray());
    }

    private void finding(String what, Panel panel) {
        verdict.findings().stream().filter(finding -> finding.what().equals(what)).forEach(panel::finding);
    }

    private void hoursBelow(double bottom) {
        double step = TimeWords.stepHours(hours);
        for (int i = 0; i * step <= hours + 1e-9; i++) {
            double x = Panel.x(i * step, hours);
            page.line("frame", x, bottom, x, bottom + 4);
            page.text(x, bottom + 17, "middle", "small", TimeWords.of(i * step * 3600));
        }
        page.text(Panel.LEFT + 4, bottom - 4, "start", "small", "warm-up");
    }
}
