package org.reluctor.devicetests.fuzz;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The search of one target in a JVM of its own, whose output goes to a file beside the corpus. */
final class FuzzRun {
    /** Of one input, for libFuzzer: what does not end by then never does. */
    private static final int MOST_SECONDS_PER_INPUT = 60;
    private static final int MOST_FINDINGS = 8;
    /** Its hooks in regular expressions allocate thousands of times the input; as in junit-platform.properties. */
    private static final String MEASURED_OTHERWISE = "com.code_intelligence.jazzer.sanitizers.RegexRoadblocks";
    private static final long TOLD_EVERY_NS = 15_000_000_000L;

    private final FuzzTarget target;
    private final FuzzOptions options;
    private final List<String> findings = new ArrayList<>();
    private FuzzFigures figures = FuzzFigures.NONE;
    private long toldNs = System.nanoTime();
    private final long beginNs = toldNs;

    FuzzRun(FuzzTarget target, FuzzOptions options) {
        this.target = target;
        this.options = options;
    }

    /** Searches as long as was asked for. */
    void run() throws IOException, InterruptedException {
        Path folder = options.corpus().toAbsolutePath();
        Path inputs = Files.createDirectories(folder.resolve(target.name()));
        Path found = Files.createDirectories(folder.resolve("findings").resolve(target.name()));
        ProcessBuilder builder = new ProcessBuilder(command(inputs, found)).redirectErrorStream(true);
        // The signals are libFuzzer's here, and no OpenCL driver is loaded.
        builder.environment().remove("LD_PRELOAD");
        Process process = builder.start();
        Thread ending = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(ending);
        Path log = folder.resolve(target.name() + ".log");
        try (BufferedReader lines = process.inputReader(StandardCharsets.ISO_8859_1);
                PrintWriter kept = new PrintWriter(Files.newBufferedWriter(log))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                kept.println(line);
                hear(line);
            }
        }
        int status = process.waitFor();
        Runtime.getRuntime().removeShutdownHook(ending);
        if (status != 0 && findings.isEmpty()) {
            findings.add("the search ended with status " + status + "; see " + log);
        }
    }

    private List<String> command(Path inputs, Path found) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        String given = System.getenv("RELUCTOR_FUZZ_JAVA_OPTS");
        command.addAll(Arrays.asList((given == null || given.isBlank() ? "-Xmx1500m" : given.strip()).split(" +")));
        command.addAll(List.of("-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer", "--target_class=" + target.className(),
                "--target_method=" + target.name(), "--instrumentation_includes=org.reluctor.**",
                "--disabled_hooks=" + MEASURED_OTHERWISE, "--keep_going=" + MOST_FINDINGS,
                "--reproducer_path=" + found, "-artifact_prefix=" + found + "/",
                // The heap is bounded by the JVM, which says so by an exception.
                "-rss_limit_mb=0", "-timeout=" + MOST_SECONDS_PER_INPUT, "-print_final_stats=1",
                "-max_total_time=" + options.seconds(), inputs.toString()));
        return command;
    }

    private void hear(String line) {
        figures = figures.after(line).orElse(figures);
        if (line.startsWith("== Java Exception: ") || line.contains("ERROR: libFuzzer: ")
                || line.startsWith("ERROR: ")) {
            findings.add(line.substring(line.indexOf(": ") + 2).strip());
            System.err.println(target.name() + ": found " + findings.get(findings.size() - 1));
        }
        if (System.nanoTime() - toldNs > TOLD_EVERY_NS) {
            toldNs = System.nanoTime();
            long seconds = (toldNs - beginNs) / 1_000_000_000L;
            System.err.printf(Locale.ROOT, "%s: %d s of %d, %,d executions, %,d features, %,d inputs kept%n",
                    target.name(), seconds, options.seconds(), figures.executions(), figures.features(),
                    figures.corpus());
        }
    }

    FuzzTarget target() {
        return target;
    }

    FuzzFigures figures() {
        return figures;
    }

    /** What was found, each in its first line; empty where every input was read as promised. */
    List<String> findings() {
        return findings;
    }
}
