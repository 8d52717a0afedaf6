package org.reluctor.app.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Takes processor time only where the stream leaves some. Java's own priorities do nothing on Linux, but the system's
 * tools do; where they are missing, everything runs as it is.
 */
final class LowPriority {
    /** Tells the process which processors it had before one was left to others. */
    private static final String PROCESSORS = "RELUCTOR_PROCESSORS";
    /**
     * Linux since 6.6 lets whoever computes, at whatever nice, end its slice of some 3 ms before one that wakes gets
     * the processor; only the idle class gives way before. Where that cannot be had, nice alone. And as it does not
     * give way at all times, see {@link PacedCommand}, the first of the processors that it may use is left to others.
     */
    private static final String GIVE_WAY = "chrt --idle --pid 0 $$ >/dev/null 2>&1; "
            + ShellScript.PROCESSORS + "rest=${all#$first}; "
            + "case $rest in ,*) rest=${rest#,};; -*) rest=$((first + 1))$rest;; esac; "
            + "[ -z \"$rest\" ] || taskset -pc \"$rest\" $$ >/dev/null 2>&1; export " + PROCESSORS + "=\"$all\"; "
            + "nice=$(command -v nice) && exec \"$nice\" -n 19 \"$@\"; exec \"$@\"";
    private static final String SHELL = "/bin/sh";
    /** Of a thread in the gateway, below the others: the JVM stops all together at times, and waits for the slowest. */
    private static final int BELOW = 5;
    private static final int LOWEST = 19;
    private static final Path THIS_THREAD = Path.of("/proc/thread-self");
    /** In a thread's stat, counted behind the name in brackets, which may have blanks in it. */
    private static final int NICE_FIELD = 17;

    private LowPriority() {
    }

    /** The command, as what gives way to all others. */
    static List<String> command(List<String> command) {
        return ShellScript.with(command, SHELL, "-c", GIVE_WAY);
    }

    /** Lowers the priority of the thread that calls. */
    static void ofThisThread() {
        Optional<String> renice = tool("renice");
        if (renice.isEmpty() || !Files.isSymbolicLink(THIS_THREAD)) {
            return;
        }
        try {
            // On Linux a thread's priority is its own, under its number.
            String thread = Files.readSymbolicLink(THIS_THREAD).getFileName().toString();
            String nice = Integer.toString(Math.min(LOWEST, niceOfThisThread() + BELOW));
            run(renice.get(), "-n", nice, "-p", thread);
        } catch (IOException unreadable) {
            // It runs as the others do.
        }
    }

    private static int niceOfThisThread() throws IOException {
        String stat = Files.readString(THIS_THREAD.resolve("stat"));
        return Integer.parseInt(stat.substring(stat.lastIndexOf(") ") + 2).split(" ")[NICE_FIELD - 1]);
    }

    /** Gives the process that calls, started by {@link #command}, all processors that it may use. */
    static void onAllProcessors() {
        String all = System.getenv(PROCESSORS);
        Optional<String> taskset = tool("taskset");
        if (all == null || all.isEmpty() || taskset.isEmpty()) {
            return;
        }
        run(taskset.get(), "-apc", all, Long.toString(ProcessHandle.current().pid()));
    }

    /** Waits for a tool and asks not what became of it. */
    private static void run(String... command) {
        try {
            new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start().waitFor();
        } catch (IOException notAllowed) {
            // Everything stays as it is.
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static Optional<String> tool(String name) {
        return Stream.of("/usr/bin/", "/bin/").map(folder -> folder + name)
                .filter(path -> Files.isExecutable(Path.of(path))).findFirst();
    }
}
