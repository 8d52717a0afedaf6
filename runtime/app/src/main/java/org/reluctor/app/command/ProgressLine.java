package org.reluctor.app.command;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * Shows on a terminal how far long work is, with the rate and the time that the stage still needs: one line that
 * rewrites itself, or, where the output is a file, a line now and then.
 */
public final class ProgressLine {
    private static final long TERMINAL_INTERVAL_NS = 200_000_000L;
    private static final long FILE_INTERVAL_NS = 10_000_000_000L;

    private final PrintWriter out;
    private final boolean terminal;
    private String stage = "";
    private long stageStartNs;
    private long shownNs;

    /** @param terminal whether a line can be written over */
    public ProgressLine(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /**
     * Some steps of a stage are done.
     *
     * @param name  of the stage
     * @param done  steps done in it
     * @param total steps of it, at least {@code done}
     */
    public void advanced(String name, int done, int total) {
        long now = System.nanoTime();
        if (!name.equals(stage)) {
            stage = name;
            // The first step of a stage is not timed: what went before it is unknown here.
            stageStartNs = now;
            shownNs = now;
        }
        long interval = terminal ? TERMINAL_INTERVAL_NS : FILE_INTERVAL_NS;
        if (done == total || now - shownNs >= interval) {
            shownNs = now;
            show(done, total, (now - stageStartNs) / 1e9);
        }
    }

    private void show(int done, int total, double seconds) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%s: %d/%d", stage, done, total));
        if (done > 1 && seconds > 0) {
            double rate = (done - 1) / seconds;
            line.append(String.format(Locale.ROOT, ", %.1f/s", rate));
            if (done < total) {
                line.append(String.format(Locale.ROOT, ", %.0f s left", Math.ceil((total - done) / rate)));
            }
        }
        if (terminal) {
            // Spaces wipe what a longer line left.
            out.print("\r" + String.format("%-72s", line));
            if (done == total) {
                out.println();
            }
        } else {
            out.println(line);
        }
        out.flush();
    }
}
