package org.reluctor.learn.unrectified;

/** Hears how far a training is. Called from the training thread; must not block for long. */
public interface UnrectifiedProgress {
    /** Nobody listens. */
    UnrectifiedProgress SILENT = new UnrectifiedProgress() { };

    /**
     * A step that stays on the constraints is done.
     *
     * @param steps     done so far
     * @param share     of the budget that has passed, 0 to 1
     * @param objective half the mean squared difference to the targets, over the samples of this step
     */
    default void stepped(long steps, double share, double objective) {
    }

    /** An outer iteration of the augmented Lagrangian is done. */
    default void iterated(OuterReport report) {
    }
}
