package org.reluctor.app.command;

import java.io.PrintWriter;
import java.util.Locale;

/** Shows how far work in stages is, with the rate and the time that the stage still needs. */
public final class ProgressLine {
    private final ProgressOutput output;
    private String stage = "";
    private long stageStartNs;

    /** @param terminal whether a line can be written over */
    public ProgressLine(PrintWriter out, boolean terminal) {
        this(new ProgressOutput(out, terminal));
    }

    /** Shows it there. */
    public ProgressLine(ProgressOutput output) {
        this.output = output;
    }

    /**
     * Some steps of a stage are done.
     *
     * @param name  of the stage
     * @param done  steps done in it
     * @param total steps of it, at least {@code done}
     */
    public void advanced(String name, int done, int total) {
        if (!name.equals(stage)) {
            stage = name;
            // The first step of a stage is not timed: what went before it is unknown here.
            stageStartNs = System.nanoTime();
            output.begin();
        }
        output.show(() -> text(done, total, (System.nanoTime() - stageStartNs) / 1e9), done == total);
    }

    private String text(int done, int total, double seconds) {
        String line = String.format(Locale.ROOT, "%s: %d/%d", stage, done, total);
        if (done > 1 && seconds > 0) {
            double rate = (done - 1) / seconds;
            line += String.format(Locale.ROOT, ", %.1f/s", rate);
            if (done < total) {
                line += String.format(Locale.ROOT, ", %.0f s left", Math.ceil((total - done) / rate));
            }
        }
        return line;
    }
}
