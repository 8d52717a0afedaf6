package org.reluctor.devicetests.command;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reluctor.devicetests.ProjectFiles;

/**
 * The command {@code reluctor} as a process, started by its launcher as a user does; the system property
 * {@code reluctor.launcher} names another one, such as an installed package's. Its output and errors go to files in a
 * folder of the test. Variables of the environment that would change its settings are kept from it, and what it caches
 * stays below target/. Ends with {@link #close}.
 */
public final class ReluctorProcess implements AutoCloseable {
    private static final String LAUNCHER = "reluctor.launcher";
    private static final String OWN_VARIABLES = "RELUCTOR_";
    private static final Path CACHE = Path.of("target", "user-cache").toAbsolutePath();

    private final Process process;
    private final Path out;
    private final Path err;
    private final long startedNanos = System.nanoTime();

    private ReluctorProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Starts a command; {@code folder} receives what it says. */
    public static ReluctorProcess start(Path folder, String... arguments) throws IOException {
        return start(folder, Map.of(), List.of(arguments));
    }

    /** As {@link #start(Path, String...)} with further variables of the environment. */
    public static ReluctorProcess start(Path folder, Map<String, String> environment, List<String> arguments)
            throws IOException {
        return startUnder(List.of(), folder, environment, arguments);
    }

    /** As {@link #start(Path, Map, List)} by another program, which is given the launcher and its arguments. */
    public static ReluctorProcess startUnder(List<String> starter, Path folder, Map<String, String> environment,
            List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(starter);
        command.add(launcher());
        command.addAll(arguments);
        Path out = Files.createTempFile(folder, arguments.get(0) + "-", ".out");
        Path err = Files.createTempFile(folder, arguments.get(0) + "-", ".err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectInput(new File("/dev/null"))
                .redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith(OWN_VARIABLES));
        builder.environment().put("XDG_CACHE_HOME", Files.createDirectories(CACHE).toString());
        builder.environment().put("XDG_STATE_HOME", CACHE.toString());
        builder.environment().putAll(environment);
        return new ReluctorProcess(builder.start(), out, err);
    }

    /** Runs a command to its end; fails where that does not come within {@code limit}. */
    public static CommandResult run(Path folder, Duration limit, String... arguments)
            throws IOException, InterruptedException {
        try (ReluctorProcess started = start(folder, arguments)) {
            return started.await(limit);
        }
    }

    private static String launcher() {
        return System.getProperty(LAUNCHER, ProjectFiles.resolve("runtime/bin/reluctor").toString());
    }

    /** Waits for the end; fails with what the process said where it does not come within {@code limit}. */
    public CommandResult await(Duration limit) throws IOException, InterruptedException {
        if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("still running after " + limit + "; it said:\n" + out() + err());
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startedNanos);
        return new CommandResult(process.exitValue(), out(), err(), millis);
    }

    /** Waits until the standard error has something that the pattern finds. */
    public Matcher awaitError(String pattern, Duration limit) throws IOException, InterruptedException {
        Pattern compiled = Pattern.compile(pattern);
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            boolean ended = !process.isAlive();
            Matcher matcher = compiled.matcher(err());
            if (matcher.find()) {
                return matcher;
            }
            if (ended || System.nanoTime() > deadline) {
                throw new AssertionError("\"" + pattern + "\" did not come "
                        + (ended ? "before the process ended" : "within " + limit) + "; it said:\n" + err());
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    /** As the system has it; the launcher becomes the JVM, so it is the JVM's. */
    public long pid() {
        return process.pid();
    }

    /** SIGKILL; it is gone when this returns. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Whether it runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Standard output so far. */
    public String out() throws IOException {
        return Files.readString(out);
    }

    /** Standard error so far. */
    public String err() throws IOException {
        return Files.readString(err);
    }

    /** Ends it by force where it still runs. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
