package org.reluctor.devicetests.performance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.reluctor.app.json.JsonText;

/**
 * The program behind device-tests/bin/scale: one gateway, several in partitions, and as many bare relays, in turns on
 * one mosquitto. What a machine's processors allow is told beside the processor time of each part, by which the figures
 * can be carried to another machine: mosquitto has one thread, so a second over its time a frame is its own limit.
 */
public final class BenchScale {
    private static final int ROUNDS = 3;

    private BenchScale() {
    }

    /** Exits with 1 where a frame was lost or doubled. */
    public static void main(String[] args) throws Exception {
        BenchOptions options = BenchOptions.parse(args, "--seconds", 15, "--runtimes", 4);
        Map<String, List<FleetRun>> runs = new LinkedHashMap<>();
        double load = Bench.loadAverage();
        try (Bench bench = new Bench(); Fleet one = Fleet.gateways(bench, "scale-one", 1);
                Fleet several = Fleet.gateways(bench, "scale-part", options.second());
                Fleet relays = Fleet.relays(bench, "scale-relay", options.second())) {
            Map<String, Fleet> fleets = new LinkedHashMap<>();
            fleets.put("1 runtime", one);
            fleets.put(options.second() + " runtimes", several);
            fleets.put(options.second() + " bare relays", relays);
            for (int round = 0; round <= ROUNDS; round++) {
                options.note(round == 0 ? "warming up; load average " + load : "round " + round + " of " + ROUNDS);
                for (Map.Entry<String, Fleet> fleet : fleets.entrySet()) {
                    FleetRun run = fleet.getValue().flatOut(round == 0 ? Math.min(5, options.first())
                            : options.first());
                    if (round > 0) {
                        runs.computeIfAbsent(fleet.getKey(), any -> new ArrayList<>()).add(run);
                    }
                }
            }
        }
        System.exit(report(runs, options, load) ? 0 : 1);
    }

    private static boolean report(Map<String, List<FleetRun>> runs, BenchOptions options, double load) {
        boolean complete = runs.values().stream().flatMap(List::stream).allMatch(FleetRun::complete);
        if (options.json()) {
            List<Map<String, Object>> rows = new ArrayList<>();
            runs.forEach((name, of) -> rows.add(figures(name, of)));
            System.out.println(JsonText.of(JsonText.map("rows", rows, "loadAverageBefore", load, "loadAverageAfter",
                    Bench.loadAverage(), "processors", Runtime.getRuntime().availableProcessors(), "passed",
                    complete)));
            return complete;
        }
        System.out.printf("%-16s %10s %36s %16s%n%-16s %10s %12s %11s %11s %16s%n", "", "",
                "processor time a frame, us", "broker's limit", "", "frames/s", "runtimes", "broker", "load",
                "frames/s");
        runs.forEach((name, of) -> {
            Map<String, Object> row = figures(name, of);
            System.out.printf(Locale.ROOT, "%-16s %10.0f %12.0f %11.0f %11.0f %16.0f%n", name,
                    row.get("framesPerSecond"), row.get("subjectMicros"), row.get("brokerMicros"),
                    row.get("loadMicros"), row.get("brokerLimit"));
        });
        System.out.printf("%nload average %.1f before, %.1f after, %d processors; %s%n", load, Bench.loadAverage(),
                Runtime.getRuntime().availableProcessors(), complete ? "nothing lost or doubled"
                        : "FAILED: frames were lost or doubled");
        runs.values().stream().flatMap(List::stream).flatMap(run -> run.reports().stream())
                .filter(each -> !each.complete()).forEach(System.err::println);
        return complete;
    }

    private static Map<String, Object> figures(String name, List<FleetRun> of) {
        double broker = Bench.median(of, FleetRun::brokerMicros);
        return JsonText.map("subject", name, "framesPerSecond", Bench.median(of, FleetRun::framesPerSecond),
                "subjectMicros", Bench.median(of, FleetRun::subjectsMicros), "brokerMicros", broker, "loadMicros",
                Bench.median(of, FleetRun::loadMicros), "brokerLimit", 1e6 / broker);
    }
}
