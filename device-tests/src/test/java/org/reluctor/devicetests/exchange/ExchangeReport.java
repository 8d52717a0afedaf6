package org.reluctor.devicetests.exchange;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.reluctor.app.json.JsonText;

/**
 * What became of the frames, and how late their signals were, of those due during exchanges and of the others.
 *
 * @param rounds   exchanges
 * @param sent     frames
 * @param quietUs  latencies p50, p99, p99.9 and greatest of frames due between exchanges
 * @param liveUs   the same of those due while one was under way
 * @param exchangeMillis median and greatest time from command to answer
 * @param failures of a promise, one line each
 */
record ExchangeReport(int rounds, int sent, int lost, int doubled, double[] quietUs, double[] liveUs,
        double[] exchangeMillis, List<String> failures) {
    static final double MOST_RATIO = 2;

    static ExchangeReport of(LiveLoad load, ExchangeRounds rounds) {
        List<String> failures = new ArrayList<>(rounds.failures());
        failures.addAll(load.faults().stream().limit(5).toList());
        if (load.faults().size() > 5) {
            failures.add(load.faults().size() + " faulty signals in all");
        }
        if (load.lost() + load.doubled() > 0) {
            failures.add(load.lost() + " frames lost, " + load.doubled() + " signals doubled");
        }
        double[] times = rounds.spans().stream().mapToDouble(span -> (span[1] - span[0]) / 1e6).sorted().toArray();
        return new ExchangeReport(times.length, load.sent(), load.lost(), load.doubled(),
                percentiles(load.latencies(rounds.spans(), false)), percentiles(load.latencies(rounds.spans(), true)),
                new double[] {times[times.length / 2], times[times.length - 1]}, failures);
    }

    private static double[] percentiles(long[] sorted) {
        return Arrays.stream(new double[] {0.5, 0.99, 0.999, 1})
                .map(share -> sorted.length == 0 ? Double.NaN
                        : sorted[(int) Math.min(sorted.length - 1, share * sorted.length)] / 1e3).toArray();
    }

    /** p99 during exchanges over p99 between them. */
    double ratio() {
        return liveUs[1] / quietUs[1];
    }

    /** What is not as promised, latency among it. */
    List<String> broken() {
        List<String> broken = new ArrayList<>(failures);
        if (!(ratio() <= MOST_RATIO)) {
            broken.add(String.format(Locale.ROOT, "p99 during exchanges is %.2f times that between them; at most %.0f"
                    + " is right", ratio(), MOST_RATIO));
        }
        return broken;
    }

    String json() {
        return JsonText.of(JsonText.map("rounds", rounds, "sent", sent, "lost", lost, "duplicated", doubled,
                "quietP50Us", quietUs[0], "quietP99Us", quietUs[1], "exchangeP50Us", liveUs[0], "exchangeP99Us",
                liveUs[1], "p99Ratio", ratio(), "exchangeMedianMs", exchangeMillis[0], "exchangeMaxMs",
                exchangeMillis[1], "broken", broken()));
    }

    @Override
    public String toString() {
        String table = String.format(Locale.ROOT, "%d exchanges, median %.0f ms, at most %.0f ms%n%d frames sent, %d"
                + " lost, %d doubled%n%-22s %9s %9s %9s %9s%n", rounds, exchangeMillis[0], exchangeMillis[1], sent,
                lost, doubled, "latency, ms", "p50", "p99", "p99.9", "max");
        return table + row("between exchanges", quietUs) + row("during exchanges", liveUs)
                + String.format(Locale.ROOT, "p99 during over between: %.2f%n", ratio())
                + (broken().isEmpty() ? "all promises kept" : String.join(System.lineSeparator(), broken()));
    }

    private static String row(String name, double[] micros) {
        return String.format(Locale.ROOT, "%-22s %9.2f %9.2f %9.2f %9.2f%n", name, micros[0] / 1e3, micros[1] / 1e3,
                micros[2] / 1e3, micros[3] / 1e3);
    }
}
