package org.reluctor.devicetests.performance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.reluctor.devicetests.ProjectFiles;

/** A program under measurement, as a process of its own; what it says goes to a file. Ends with {@link #close}. */
final class SubjectProcess implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final Process process;
    private final Path said;
    private final long startedNanos;

    private SubjectProcess(Process process, Path said, long startedNanos) {
        this.process = process;
        this.said = said;
        this.startedNanos = startedNanos;
    }

    /** Starts the command; {@code said} receives its output and errors. */
    static SubjectProcess start(Path said, List<String> command) throws IOException {
        return start(said, new ProcessBuilder(command));
    }

    private static SubjectProcess start(Path said, ProcessBuilder builder) throws IOException {
        builder.redirectErrorStream(true).redirectOutput(said.toFile());
        long now = System.nanoTime();
        return new SubjectProcess(builder.start(), said, now);
    }

    /** {@code reluctor run} by its launcher. As on a board, PoCL has in its cache what this gateway put there. */
    static SubjectProcess gateway(Path said, Path configuration) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(ProjectFiles.resolve("runtime/bin/reluctor").toString(), "run",
                "--config", configuration.toString());
        builder.environment().put("POCL_CACHE_DIR",
                Files.createDirectories(configuration.resolveSibling("pocl")).toString());
        return start(said, builder);
    }

    /**
     * A program of this package on the JVM that runs this, with the options that the launcher gives to {@code run}, so
     * that a comparison shows the programs and not their JVMs.
     */
    static SubjectProcess program(Path said, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:-UsePerfData", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xss256k", "-Xms16m", "-Xmx96m",
                "-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(Arrays.asList(arguments));
        return start(said, command);
    }

    /** Waits until the program has said {@code word}; returns the time since its start, ns. */
    long awaitSaid(String word) throws IOException, InterruptedException {
        while (!said().contains(word)) {
            failWhereLate("\"" + word + "\"");
            TimeUnit.MICROSECONDS.sleep(500);
        }
        return sinceStartNanos();
    }

    /** Throws, with what the program said, where it has ended or takes too long for {@code what}. */
    void failWhereLate(String what) throws IOException {
        if (!process.isAlive() || sinceStartNanos() > TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS)) {
            throw new IOException("waited in vain for " + what + "; the program said: " + said());
        }
    }

    long sinceStartNanos() {
        return System.nanoTime() - startedNanos;
    }

    String said() throws IOException {
        return Files.readString(said, StandardCharsets.UTF_8);
    }

    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Most memory that the process ever had resident, in KiB, as Linux counts it. */
    long peakResidentKib() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("the system does not tell VmHWM of process " + process.pid());
    }

    /** Asks the process to end, and makes it where it does not. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
