package org.reluctor.devicetests.soak;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Whether a gateway may stay for years, from what was seen in a soak: no figure's slope differs from zero as far as its
 * 95 % interval can tell, nor can it be above one unit an hour; frames take no longer at the end than at the start;
 * none is lost or out of order.
 *
 * @param slopes   of the judged time, an hour; a figure that was never taken is not in it
 * @param first    latencies of the first window behind the warm-up
 * @param last     latencies of the last window
 * @param findings each bound and whether it was kept
 */
record SoakVerdict(Map<Figure, TheilSen> slopes, Histogram first, Histogram last, List<Finding> findings) {
    private static final double MOST_SLOWER = 1.2;
    private static final double SLOWEST_PERCENTILE = 99;
    /** Of the points that the judged time should have given. */
    private static final double LEAST_SEEN = 0.75;

    /**
     * One bound.
     *
     * @param what  is bounded
     * @param found in words
     * @param bound in words
     * @param kept  whether it was
     */
    record Finding(String what, String found, String bound, boolean kept) {
    }

    static SoakVerdict of(SoakRecord soak) {
        double warmUp = soak.plan().warmUpSeconds();
        double window = Math.min(soak.plan().window().toMillis() / 1e3, (soak.seconds() - warmUp) / 2);
        SoakVerdict verdict = new SoakVerdict(slopes(soak), soak.latencies().between(warmUp, warmUp + window),
                soak.latencies().between(soak.seconds() - window, soak.seconds()), new ArrayList<>());
        for (Figure figure : Figure.values()) {
            verdict.judge(figure, soak);
        }
        verdict.judgeLatency();
        SoakRecord.Deliveries deliveries = soak.deliveries();
        verdict.judgeNone("lost", deliveries.lost(), deliveries.sent());
        verdict.judgeNone("disordered", deliveries.disordered(), deliveries.sent());
        verdict.judgeNone("spoilt", deliveries.spoilt(), deliveries.sent());
        return verdict;
    }

    private static Map<Figure, TheilSen> slopes(SoakRecord soak) {
        Map<Figure, TheilSen> slopes = new EnumMap<>(Figure.class);
        for (Figure figure : Figure.values()) {
            Sample.Points points = Sample.medians(soak.samples(), figure, soak.plan().warmUpSeconds(),
                    soak.plan().roundSeconds());
            double due = (soak.seconds() - soak.plan().warmUpSeconds()) / soak.plan().roundSeconds();
            if (points.count() >= Math.max(TheilSen.LEAST, Math.floor(LEAST_SEEN * due))) {
                slopes.put(figure, TheilSen.ofCorrelated(points.hours(), points.values()));
            }
        }
        return slopes;
    }

    /** Whether all bounds were kept. */
    boolean passed() {
        return findings.stream().allMatch(Finding::kept);
    }

    /** Whether the slope contains zero and cannot be above what is bearable. */
    static boolean flat(TheilSen slope) {
        return slope.containsZero() && slope.high() <= Figure.MOST_AN_HOUR;
    }

    /** p99 of the last window over that of the first; NaN where one of them is empty. */
    double slower() {
        return first.getTotalCount() == 0 || last.getTotalCount() == 0 ? Double.NaN
                : (double) last.getValueAtPercentile(SLOWEST_PERCENTILE)
                        / first.getValueAtPercentile(SLOWEST_PERCENTILE);
    }

    static String words(TheilSen slope, Figure figure) {
        String unit = figure.unit().isEmpty() ? "/h" : " " + figure.unit() + "/h";
        return String.format(Locale.ROOT, "%+.2f [%+.2f, %+.2f]%s", positive(slope.slope()), positive(slope.low()),
                positive(slope.high()), unit);
    }

    /** No −0 in words. */
    private static double positive(double value) {
        return Math.abs(value) < 0.005 ? 0 : value;
    }

    private void judge(Figure figure, SoakRecord soak) {
        boolean taken = soak.samples().stream().anyMatch(sample -> sample.values().containsKey(figure));
        if (!taken && figure.ordinal() > Figure.THREADS.ordinal()) {
            return;
        }
        TheilSen slope = slopes.get(figure);
        String bound = "contains 0, at most +1" + (figure.unit().isEmpty() ? "" : " " + figure.unit()) + "/h";
        findings.add(slope == null
                ? new Finding(figure.title(), "seen in too few rounds", bound, false)
                : new Finding(figure.title(), words(slope, figure), bound, flat(slope)));
    }

    private void judgeLatency() {
        double slower = slower();
        String found = Double.isNaN(slower) ? "too short to tell" : String.format(Locale.ROOT,
                "%.2f ms, then %.2f ms: %.2f times", first.getValueAtPercentile(SLOWEST_PERCENTILE) / 1e3,
                last.getValueAtPercentile(SLOWEST_PERCENTILE) / 1e3, slower);
        findings.add(new Finding("p99 latency", found, "at most " + MOST_SLOWER + " times", slower <= MOST_SLOWER));
    }

    private void judgeNone(String what, long count, long of) {
        findings.add(new Finding(what, String.format(Locale.ROOT, "%,d of %,d", count, of), "0", count == 0 && of > 0));
    }
}
