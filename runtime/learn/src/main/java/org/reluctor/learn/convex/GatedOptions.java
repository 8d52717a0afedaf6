package org.reluctor.learn.convex;

/**
 * What the convex training of a gated layer is told.
 *
 * @param norm        of the groups; the nuclear norm makes the smaller networks
 * @param sampling    of the first gates
 * @param betaShare   penalty over β_max, the least that makes all weights zero; above 0, at most 1
 * @param pathSteps   penalties that are solved on the way down from β_max, in equal ratios, the last one included; each
 *                        starts from the one before
 * @param rounds      times that violated patterns are looked for and added; 0 for none
 * @param gatesARound patterns added each time at most
 * @param solver      gap of every program, iterations of each, seconds of all together
 */
public record GatedOptions(GroupNorm norm, PatternSampling sampling, double betaShare, int pathSteps, int rounds,
        int gatesARound, SolverOptions solver) {
    public GatedOptions {
        require(betaShare > 0 && betaShare <= 1, "penalty over its largest", betaShare, "above 0, at most 1");
        require(pathSteps >= 1 && pathSteps <= 1000, "number of steps of the path", pathSteps, "from 1 to 1000");
        require(rounds >= 0, "number of rounds", rounds, "0 or more");
        require(gatesARound >= 1, "number of gates a round", gatesARound, "1 or more");
    }

    /** One penalty, no further patterns. */
    public static GatedOptions of(GroupNorm norm, PatternSampling sampling, double betaShare, SolverOptions solver) {
        return new GatedOptions(norm, sampling, betaShare, 1, 0, 1, solver);
    }

    /** The same but for how long it may take: what decides which numbers are on the way. */
    GatedOptions withoutLimits() {
        return new GatedOptions(norm, sampling, betaShare, pathSteps, rounds, gatesARound, new SolverOptions(
                solver.gap(), solver.iterations(), Double.POSITIVE_INFINITY));
    }

    private static void require(boolean good, String name, Number value, String right) {
        if (!good) {
            throw new IllegalArgumentException("the " + name + " is " + value + "; right is " + right);
        }
    }
}
