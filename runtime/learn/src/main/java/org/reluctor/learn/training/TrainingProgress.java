package org.reluctor.learn.training;

/** Hears how far training is. Called from the training thread; must not block for long. */
public interface TrainingProgress {
    /** Nobody listens. */
    TrainingProgress SILENT = (stage, done, total) -> { };

    /**
     * Some steps of a stage are done.
     *
     * @param stage what is being done, such as {@code phase 1 of 3}
     * @param done  steps done in this stage
     * @param total steps of this stage, at least {@code done}
     */
    void advanced(String stage, int done, int total);
}
