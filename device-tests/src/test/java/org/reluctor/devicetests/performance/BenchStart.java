package org.reluctor.devicetests.performance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.reluctor.app.json.JsonText;

/**
 * The program behind device-tests/bin/bench-start: how much memory {@code reluctor run} ever has resident, and how soon
 * it is online, against a JVM that only connects to the same broker. The folder of compiled kernels is warm, as at
 * every start but the first.
 */
public final class BenchStart {
    private static final String ROOT = "bench-start";
    private static final double MOST_RESIDENT_MB = 190;
    private static final double ALLOWANCE_MS = 600;

    private final Bench bench;
    private final Path configuration;
    private final StatusWatch watch;
    private final List<Double> onlineMs = new ArrayList<>();
    private final List<Double> connectMs = new ArrayList<>();
    private final List<Double> residentMb = new ArrayList<>();

    private BenchStart(Bench bench, StatusWatch watch) throws IOException {
        this.bench = bench;
        this.configuration = bench.configuration(ROOT);
        this.watch = watch;
    }

    /** Exits with 1 where a bound is not kept. */
    public static void main(String[] args) throws Exception {
        BenchOptions options = BenchOptions.parse(args, "--runs", 5, "--frames", 5000);
        boolean kept;
        try (Bench bench = new Bench(); StatusWatch watch = new StatusWatch(bench.brokerUri(), ROOT)) {
            BenchStart start = new BenchStart(bench, watch);
            options.note("filling the caches");
            start.once(options.second());
            start.forget();
            double load = Bench.loadAverage();
            for (int i = 0; i < options.first(); i++) {
                options.note("run " + (i + 1) + " of " + options.first());
                start.connectOnce();
                start.once(options.second());
            }
            kept = start.report(options, load);
        }
        System.exit(kept ? 0 : 1);
    }

    private void once(int frames) throws IOException, MqttException, InterruptedException {
        watch.reset();
        try (SubjectProcess subject = SubjectProcess.gateway(bench.file("gateway.out"), configuration)) {
            onlineMs.add(watch.awaitOnline(subject) / 1e6);
            LoadReport report = FrameLoad.run(LoadPlan.counted(bench.brokerUri(), ROOT, bench.network(), frames));
            if (!report.complete()) {
                throw new IOException(report.toString());
            }
            residentMb.add(subject.peakResidentKib() * 1024 / 1e6);
        }
    }

    private void connectOnce() throws IOException, InterruptedException {
        try (SubjectProcess subject = SubjectProcess.program(bench.file("connect.out"), PahoConnect.class,
                bench.brokerUri())) {
            connectMs.add(subject.awaitSaid(PahoConnect.READY) / 1e6);
        }
    }

    private void forget() {
        onlineMs.clear();
        residentMb.clear();
    }

    private boolean report(BenchOptions options, double load) {
        double online = Bench.median(onlineMs, Double::doubleValue);
        double connect = Bench.median(connectMs, Double::doubleValue);
        double resident = Bench.median(residentMb, Double::doubleValue);
        double mostOnline = 2 * connect + ALLOWANCE_MS;
        boolean kept = online <= mostOnline && resident <= MOST_RESIDENT_MB;
        if (options.json()) {
            System.out.println(JsonText.of(JsonText.map("onlineMs", online, "connectMs", connect, "mostOnlineMs",
                    mostOnline, "peakResidentMb", resident, "mostResidentMb", MOST_RESIDENT_MB, "loadAverageBefore",
                    load, "loadAverageAfter", Bench.loadAverage(), "passed", kept)));
        } else {
            System.out.printf("%-46s %8.0f ms%n", "a JVM that connects, from exec", connect);
            System.out.printf("%-46s %8.0f ms   %s: at most 2 x that + 600 = %.0f%n",
                    "reluctor run, from exec to online", online, online <= mostOnline ? "ok" : "FAILED", mostOnline);
            System.out.printf("%-46s %8.1f MB   %s: at most %.0f%n", "reluctor run, peak resident after "
                    + options.second() + " frames", resident, resident <= MOST_RESIDENT_MB ? "ok" : "FAILED",
                    MOST_RESIDENT_MB);
            System.out.printf("%nsingle runs: online %s ms; connected %s ms; resident %s MB%n", list(onlineMs),
                    list(connectMs), list(residentMb));
            System.out.printf("load average %.1f before, %.1f after%n", load, Bench.loadAverage());
        }
        return kept;
    }

    private static String list(List<Double> values) {
        return values.stream().map(value -> String.format("%.0f", value)).toList().toString();
    }
}
