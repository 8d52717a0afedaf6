package org.reluctor.demo;

import java.io.PrintWriter;
import java.util.Locale;

/**
 * The terminal while the demonstration runs: one line that renews itself where a person watches, a line now and then
 * where a file or a pipe does. Not safe between threads.
 */
final class Progress {
    private static final double SPARSE_SECONDS = 10;
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter terminal;
    private final boolean interactive;
    private final int plannedSeconds;
    private double nextSeconds = SPARSE_SECONDS;
    private boolean lineOpen;

    Progress(PrintWriter terminal, boolean interactive, int plannedSeconds) {
        this.terminal = terminal;
        this.interactive = interactive;
        this.plannedSeconds = plannedSeconds;
    }

    /** A line of its own, such as the page's address. */
    void say(String line) {
        close();
        terminal.println(line);
        terminal.flush();
    }

    /** The figures after so many seconds; shown if it is time. */
    void show(double seconds, Figures figures) {
        if (!interactive && seconds < nextSeconds) {
            return;
        }
        nextSeconds = seconds + SPARSE_SECONDS;
        String line = line(seconds, figures);
        if (interactive) {
            terminal.print(CLEAR_LINE + line);
            lineOpen = true;
        } else {
            terminal.println(line);
        }
        terminal.flush();
    }

    /** Fits into 80 columns up to a million frames. */
    private String line(double seconds, Figures figures) {
        return String.format(Locale.ROOT, "%3.0f of %d s, %,d sent, %,d received, %d lost, PRD %s, p99 %s", seconds,
                plannedSeconds, figures.sent(), figures.received(), figures.lost(), Report.percent(figures.prd()),
                Report.time(figures.latencyP99Us()));
    }

    /** Leaves the renewing line behind, if there is one. */
    void close() {
        if (lineOpen) {
            terminal.print(CLEAR_LINE);
            terminal.flush();
            lineOpen = false;
        }
    }
}
