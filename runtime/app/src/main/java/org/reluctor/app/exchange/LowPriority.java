package org.reluctor.app.exchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Takes processor time only where the stream leaves some. Java's own priorities do nothing on Linux, but the system's
 * tools do; where they are missing, everything runs as it is.
 */
final class LowPriority {
    private static final String PROCESS = "19";
    /** Of a thread in the gateway: the JVM stops all threads together at times, and waits for the slowest. */
    private static final String THREAD = "5";
    private static final Path THIS_THREAD = Path.of("/proc/thread-self");

    private LowPriority() {
    }

    /** The command, under the lowest priority. */
    static List<String> command(List<String> command) {
        List<String> niced = new ArrayList<>(tool("nice").map(tool -> List.of(tool, "-n", PROCESS)).orElse(List.of()));
        niced.addAll(command);
        return niced;
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
            new ProcessBuilder(renice.get(), "-n", THREAD, "-p", thread).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        } catch (IOException notAllowed) {
            // It runs as the others do.
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static Optional<String> tool(String name) {
        return Stream.of("/usr/bin/", "/bin/").map(folder -> folder + name)
                .filter(path -> Files.isExecutable(Path.of(path))).findFirst();
    }
}
