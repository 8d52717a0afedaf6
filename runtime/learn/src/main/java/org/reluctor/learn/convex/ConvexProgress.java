package org.reluctor.learn.convex;

/** Hears how far a convex program is solved. Called from the solving thread; must not block for long. */
public interface ConvexProgress {
    /** Nobody listens. */
    ConvexProgress SILENT = (stage, iteration, objective, gap) -> { };

    /**
     * The gap was evaluated.
     *
     * @param stage     what is being solved, such as {@code beta 0.3}
     * @param iteration of this stage
     * @param objective of the best weights so far
     * @param gap       relative duality gap of the sampled program at these weights; an upper bound on how far the
     *                      objective is from the optimum
     */
    void advanced(String stage, int iteration, double objective, double gap);
}
