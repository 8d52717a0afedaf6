package org.reluctor.learn.convex;

/**
 * When the solving of one convex program ends.
 *
 * @param gap        relative duality gap that is good enough, above 0
 * @param iterations at most
 * @param seconds    at most, looked at after every iteration; infinite for no limit
 */
public record SolverOptions(double gap, int iterations, double seconds) {
    public SolverOptions {
        if (!(gap > 0 && gap < 1)) {
            throw new IllegalArgumentException("the relative gap to reach is " + gap
                    + "; right is above 0 and below 1");
        }
        if (iterations < 1) {
            throw new IllegalArgumentException("the iterations are " + iterations + "; right is 1 or more");
        }
        if (!(seconds > 0)) {
            throw new IllegalArgumentException("the seconds are " + seconds + "; right is above 0");
        }
    }

    /** That gap, without a limit of time. */
    public static SolverOptions toGap(double gap, int iterations) {
        return new SolverOptions(gap, iterations, Double.POSITIVE_INFINITY);
    }
}
