package org.reluctor.demo.page;

import java.util.Arrays;

/**
 * The screen's memory: for every sample of the recording what was recovered for it last. Signals arrive far faster
 * than a heart beats and each overwrites its window; a playhead goes through at the heart's own pace, so that the
 * curves show what the gateway recovered a moment ago without missing a beat. Safe for any thread.
 */
public final class Scope {
    private final float[] truth;
    private final float[] recovered;
    private final float[] residual;
    private long playhead;

    /** @param truth the recording in the unit that is shown; not copied */
    public Scope(float[] truth) {
        this.truth = truth;
        recovered = new float[truth.length];
        residual = new float[truth.length];
        Arrays.fill(recovered, Float.NaN);
        Arrays.fill(residual, Float.NaN);
    }

    /**
     * A window was recovered; what lies beyond the end of the recording shown is left out.
     *
     * @param offset its first sample in the recording
     * @param x      in the unit that is shown; copied
     * @param error  ‖y − Φx̃‖/‖y‖ of the window
     */
    public synchronized void recovered(int offset, float[] x, float error) {
        int end = Math.min(offset + x.length, truth.length);
        if (offset < end) {
            System.arraycopy(x, 0, recovered, offset, end - offset);
            Arrays.fill(residual, offset, end, error);
        }
    }

    /** The next samples under the playhead, at most {@code count}: a stretch ends with the recording. */
    synchronized Stretch advance(int count) {
        int from = (int) (playhead % truth.length);
        int to = Math.min(from + count, truth.length);
        Stretch stretch = new Stretch(playhead, from == 0 && playhead > 0, Arrays.copyOfRange(truth, from, to),
                Arrays.copyOfRange(recovered, from, to), residual[from]);
        playhead += to - from;
        return stretch;
    }

    /** Whether anything was recovered yet where the playhead stands. */
    synchronized boolean isReady() {
        return playhead > 0 || !Float.isNaN(recovered[0]);
    }

    /**
     * Adjoining samples.
     *
     * @param at        samples shown before, over all rounds
     * @param newRound  whether the recording begins again here, which is no continuation of its end
     * @param truth     the recording
     * @param recovered what was recovered for it last; NaN where nothing was
     * @param residual  of the window in which the first sample lies; NaN where nothing was recovered
     */
    record Stretch(long at, boolean newRound, float[] truth, float[] recovered, float residual) {
    }
}
