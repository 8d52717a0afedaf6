package org.reluctor.app.command;

import java.io.PrintWriter;
import java.util.function.Supplier;

/**
 * Where progress is shown: on a terminal as one line that rewrites itself, elsewhere as a line now and then. One
 * thread.
 */
public final class ProgressOutput {
    private static final long TERMINAL_INTERVAL_NS = 200_000_000L;
    private static final long FILE_INTERVAL_NS = 5_000_000_000L;

    private final PrintWriter out;
    private final boolean terminal;
    private long shownNs = System.nanoTime();
    private int width;

    /** @param terminal whether a line can be written over */
    public ProgressOutput(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** From now on counts the time until something is shown. */
    public void begin() {
        shownNs = System.nanoTime();
    }

    /**
     * Shows a line if the last one is old enough.
     *
     * @param text what there is to show
     * @param last whether nothing follows it: then it is shown, and stays
     */
    public void show(Supplier<String> text, boolean last) {
        long now = System.nanoTime();
        if (!last && now - shownNs < (terminal ? TERMINAL_INTERVAL_NS : FILE_INTERVAL_NS)) {
            return;
        }
        shownNs = now;
        String line = text.get();
        if (terminal) {
            // Spaces wipe what a longer line left.
            out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
            width = last ? 0 : line.length();
        } else {
            out.print(line);
        }
        if (last || !terminal) {
            out.println();
        }
        out.flush();
    }

    /** A line that stays whatever comes. */
    public void line(String text) {
        show(() -> text, true);
    }
}
