package org.reluctor.learn.training;

/** Hears how gradient training goes, after every step, in the training thread; must not block for long. */
public interface GradientProgress {
    /** Nobody listens. */
    GradientProgress SILENT = report -> { };

    /** A step is done. */
    void advanced(Report report);

    /**
     * Where training stands.
     *
     * @param step            steps done
     * @param steps           of the schedule
     * @param loss            of the last batch
     * @param validation      the best loss on the validation batches so far; NaN before the first
     * @param framesPerSecond trained on since training began or was resumed
     * @param secondsLeft     at that rate, and by the limit of time if there is one
     */
    record Report(long step, long steps, double loss, double validation, double framesPerSecond, double secondsLeft) {
    }
}
