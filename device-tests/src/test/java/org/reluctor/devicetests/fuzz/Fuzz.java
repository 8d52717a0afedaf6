package org.reluctor.devicetests.fuzz;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.reluctor.app.json.JsonText;

/** The program behind device-tests/bin/fuzz. */
public final class Fuzz {
    private static final int FOUND = 1;
    private static final int USAGE = 64;

    private Fuzz() {
    }

    /** Exits with 1 where an input broke a promise, with 64 on a wrong command line. */
    public static void main(String[] args) throws IOException, InterruptedException {
        FuzzOptions options;
        try {
            options = FuzzOptions.parse(args);
        } catch (IllegalArgumentException wrong) {
            refuse(wrong.getMessage());
            return;
        }
        if (options.target().equals("list")) {
            FuzzTarget.all().forEach(target -> System.out.println(target.name()));
            return;
        }
        List<FuzzTarget> targets = FuzzTarget.all().stream()
                .filter(target -> options.target().equals(FuzzOptions.ALL) || target.name().equals(options.target()))
                .toList();
        if (targets.isEmpty()) {
            refuse("--target is \"" + options.target() + "\"; all or one of " + FuzzTarget.all().stream()
                    .map(FuzzTarget::name).collect(Collectors.joining(", ")) + " is right");
        }
        List<FuzzRun> runs = new ArrayList<>();
        for (FuzzTarget target : targets) {
            FuzzRun run = new FuzzRun(target, options);
            run.run();
            runs.add(run);
        }
        print(runs, options);
        System.exit(runs.stream().allMatch(run -> run.findings().isEmpty()) ? 0 : FOUND);
    }

    private static void print(List<FuzzRun> runs, FuzzOptions options) {
        if (options.json()) {
            System.out.println(JsonText.of(JsonText.map("secondsPerTarget", options.seconds(), "targets", runs.stream()
                    .map(run -> JsonText.map("target", run.target().name(), "executions", run.figures().executions(),
                            "coverage", run.figures().coverage(), "features", run.figures().features(),
                            "corpus", run.figures().corpus(), "findings", run.findings())).toList())));
            return;
        }
        System.out.printf("%-16s %14s %9s %9s %8s %9s%n", "target", "executions", "coverage", "features", "corpus",
                "findings");
        runs.forEach(run -> System.out.printf(Locale.ROOT, "%-16s %,14d %9d %9d %8d %9d%n", run.target().name(),
                run.figures().executions(), run.figures().coverage(), run.figures().features(),
                run.figures().corpus(), run.findings().size()));
        runs.forEach(run -> run.findings().forEach(finding -> System.out.println(run.target().name() + ": "
                + finding)));
    }

    private static void refuse(String why) {
        System.err.println("fuzz: " + why);
        System.exit(USAGE);
    }
}
