package org.reluctor.devicetests.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The program behind device-tests/bin/soak; see {@link SoakVerdict} for what it asks of a gateway. */
public final class Soak {
    private static final int FAILED = 1;
    private static final int USAGE = 64;
    /** A verdict over what there is comes within it, after an interruption. */
    private static final long LAST_WORDS_SECONDS = 100;

    private Soak() {
    }

    /** Exits with 1 where a bound was not kept, with 64 on a wrong command line. */
    public static void main(String[] args) throws IOException, InterruptedException {
        SoakOptions options;
        try {
            options = SoakOptions.parse(args);
        } catch (SoakOptions.UsageException e) {
            System.err.println("soak: " + e.getMessage());
            System.exit(USAGE);
            return;
        }
        Consumer<String> progress = options.json() ? System.err::println : System.out::println;
        SoakRun run = new SoakRun(SoakPlan.of(options.length(), options.framesPerSecond()), progress);
        AtomicInteger status = new AtomicInteger(FAILED);
        CountDownLatch told = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            run.interrupt();
            awaitLastWords(told);
            // Where a signal brought us here, the status is the verdict's all the same.
            Runtime.getRuntime().halt(status.get());
        }, "soak-interrupted"));
        try {
            status.set(soak(run, options, progress) ? 0 : FAILED);
        } finally {
            told.countDown();
        }
        System.exit(status.get());
    }

    private static void awaitLastWords(CountDownLatch told) {
        try {
            told.await(LAST_WORDS_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean soak(SoakRun run, SoakOptions options, Consumer<String> progress)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "soak-").toAbsolutePath();
        progress.accept("logs are in " + folder);
        SoakRecord soak = run.run(folder);
        SoakVerdict verdict = SoakVerdict.of(soak);
        if (options.svg().isPresent()) {
            Files.writeString(options.svg().get(), SoakChart.of(soak, verdict));
        }
        SoakReport report = new SoakReport(soak, verdict);
        if (options.json()) {
            System.err.print(report.text());
            System.out.println(report.json());
        } else {
            System.out.print(report.text());
        }
        return verdict.passed();
    }
}
