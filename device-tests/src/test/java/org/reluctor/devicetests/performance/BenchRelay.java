package org.reluctor.devicetests.performance;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.reluctor.app.json.JsonText;

/** The program behind device-tests/bin/bench-relay; see {@link RelayComparison}. */
public final class BenchRelay {
    private static final double MOST_LATENCY_RATIO = 2;
    private static final double LEAST_THROUGHPUT_RATIO = 0.5;
    private static final int LATENCY_ROUNDS = 4;

    private BenchRelay() {
    }

    /** Exits with 1 where a bound is not kept. */
    public static void main(String[] args) throws Exception {
        BenchOptions options = BenchOptions.parse(args, "--seconds", 60, "--rounds", 2);
        boolean kept;
        try (RelayComparison comparison = new RelayComparison()) {
            double loadBefore = Bench.loadAverage();
            options.note("warming up; load average " + loadBefore);
            comparison.warmUp(Math.min(10, options.first()));
            options.note("latency at " + RelayComparison.RATE + " frames/s");
            comparison.measureLatency(LATENCY_ROUNDS, Math.min(10, options.first()));
            options.note("frames/s, " + options.second() + " rounds of " + options.first() + " s each");
            comparison.measureThroughput(options.second(), options.first());
            kept = report(comparison, options, loadBefore);
        }
        System.exit(kept ? 0 : 1);
    }

    private static boolean report(RelayComparison comparison, BenchOptions options, double loadBefore) {
        boolean latency = comparison.latencyRatio() <= MOST_LATENCY_RATIO;
        boolean throughput = comparison.throughputRatio() >= LEAST_THROUGHPUT_RATIO;
        boolean complete = comparison.failures().isEmpty();
        if (options.json()) {
            System.out.println(JsonText.of(JsonText.map("relay", figures(comparison.relay()),
                    "reluctor", figures(comparison.gateway()), "latencyRatio", comparison.latencyRatio(),
                    "throughputRatio", comparison.throughputRatio(), "loadAverageBefore", loadBefore,
                    "loadAverageAfter", Bench.loadAverage(), "passed", latency && throughput && complete)));
        } else {
            table(comparison, latency, throughput, complete);
            System.out.printf("%nload average %.1f before, %.1f after, %d processors%n", loadBefore,
                    Bench.loadAverage(), Runtime.getRuntime().availableProcessors());
        }
        comparison.failures().forEach(System.err::println);
        return latency && throughput && complete;
    }

    private static void table(RelayComparison comparison, boolean latency, boolean throughput, boolean complete) {
        Map<String, Object> relay = figures(comparison.relay());
        Map<String, Object> gateway = figures(comparison.gateway());
        System.out.printf("%-34s %10s %10s %8s%n", "", "relay", "reluctor", "ratio");
        line("p50 at 200 frames/s, us", relay.get("p50Us"), gateway.get("p50Us"), comparison.latencyRatio(),
                verdict(latency, "at most 2"));
        line("p99 at 200 frames/s, us", relay.get("p99Us"), gateway.get("p99Us"), Double.NaN, "");
        line("frames/s flat out", relay.get("framesPerSecond"), gateway.get("framesPerSecond"),
                comparison.throughputRatio(), verdict(throughput, "at least 0.5"));
        line("processor time a frame, us", relay.get("cpuUs"), gateway.get("cpuUs"), Double.NaN, "");
        System.out.printf("%-34s %10s %10s %8s   %s%n", "lost / duplicated", relay.get("lost") + " / "
                + relay.get("duplicated"), gateway.get("lost") + " / " + gateway.get("duplicated"), "",
                verdict(complete, "0"));
    }

    private static void line(String what, Object relay, Object gateway, double ratio, String verdict) {
        System.out.printf("%-34s %10.1f %10.1f %8s   %s%n", what, (Double) relay, (Double) gateway,
                Double.isNaN(ratio) ? "" : String.format("%.2f", ratio), verdict);
    }

    private static String verdict(boolean kept, String bound) {
        return (kept ? "ok: " : "FAILED: ") + bound;
    }

    private static Map<String, Object> figures(Contender contender) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("p50Us", Bench.median(contender.atRate(), LoadReport::p50Micros));
        figures.put("p99Us", Bench.median(contender.atRate(), LoadReport::p99Micros));
        figures.put("framesPerSecond", Bench.median(contender.flatOut(), LoadReport::framesPerSecond));
        figures.put("cpuUs", contender.cpuMicrosPerFrame());
        figures.put("sent", sum(contender, LoadReport::sent));
        figures.put("lost", sum(contender, LoadReport::lost));
        figures.put("duplicated", sum(contender, LoadReport::duplicated));
        return figures;
    }

    private static long sum(Contender contender, ToDoubleFunction<LoadReport> figure) {
        return (long) (contender.atRate().stream().mapToDouble(figure).sum()
                + contender.flatOut().stream().mapToDouble(figure).sum());
    }
}
