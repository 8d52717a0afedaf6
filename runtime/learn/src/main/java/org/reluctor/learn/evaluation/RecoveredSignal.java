package org.reluctor.learn.evaluation;

import java.util.Arrays;

/**
 * A whole record beside what was recovered of it.
 *
 * @param name      of the record
 * @param window    samples a window, n
 * @param starts    first sample of every window that was recovered, ascending
 * @param truth     x, in the signal's unit
 * @param recovered x̂, of the same length; NaN where no window covers the sample
 */
public record RecoveredSignal(String name, int window, int[] starts, double[] truth, double[] recovered) {
    /** PRD, PRDN and SNR over the whole record. */
    public RecordFigures figures() {
        return RecordFigures.of(name, starts.length, truth, recovered);
    }

    /** PRD in percent of every window by itself, in the order of the starts. */
    public double[] windowPrds() {
        return Arrays.stream(starts).mapToDouble(this::prdFrom).toArray();
    }

    private double prdFrom(int start) {
        double error = 0;
        double energy = 0;
        for (int at = start; at < start + window; at++) {
            error += (truth[at] - recovered[at]) * (truth[at] - recovered[at]);
            energy += truth[at] * truth[at];
        }
        return energy == 0 ? 0 : 100 * Math.sqrt(error / energy);
    }
}
