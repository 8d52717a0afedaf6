package org.reluctor.devicetests.exchange;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Every frame's time and latency in a file, and when exchanges were under way: to be held against what else the machine
 * did then. Times are those of {@link System#nanoTime}, which on Linux is the clock of {@code perf record -k
 * CLOCK_MONOTONIC} and of {@code -Xlog:safepoint,gc:file=…:uptimenanos,timenanos}.
 */
final class LatencyTrace {
    private LatencyTrace() {
    }

    /** Writes lines "exchange,BEGIN,END" and "frame,DUE,LATENCY", all ns, and the gateway's log beside them. */
    static void write(Path file, List<long[]> spans, List<long[]> frames, String log) throws IOException {
        Files.writeString(file.resolveSibling(file.getFileName() + ".log"), log);
        try (PrintWriter lines = new PrintWriter(Files.newBufferedWriter(file))) {
            spans.forEach(span -> lines.println("exchange," + span[0] + "," + span[1]));
            frames.forEach(frame -> lines.println("frame," + frame[0] + "," + frame[1]));
        }
    }
}
