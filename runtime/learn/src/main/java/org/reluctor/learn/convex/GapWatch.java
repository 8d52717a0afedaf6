package org.reluctor.learn.convex;

import org.reluctor.learn.algebra.Matrix;

/**
 * Follows a method from weights to weights: keeps the best, evaluates the gap now and then, and says when to end: at
 * the gap that was asked for, at the end of the budget, or where rounding keeps the best objective from falling.
 */
final class GapWatch {
    /** The gap of a nuclear norm costs as much as an iteration. */
    private static final int EVERY = 5;
    /** So many looks without a better objective or gap mean that the products' precision is used up. */
    private static final int PATIENCE = 40;

    private final GatedQuadratic smooth;
    private final GroupNorm norm;
    private final SolverOptions options;
    private final double beta;
    private final Listener listener;
    private final long startNs = System.nanoTime();
    private Matrix best;
    private Matrix bestGramTimes;
    private double bestNormSum;
    private double bestObjective = Double.POSITIVE_INFINITY;
    private DualityGap gap;
    private double lowestGap = Double.POSITIVE_INFINITY;
    private double highestDual = Double.NEGATIVE_INFINITY;
    private int looksInVain;
    private int iterations = -1;

    /** Hears every evaluation. */
    interface Listener {
        void looked(int iteration, DualityGap gap);
    }

    GapWatch(GatedQuadratic smooth, GroupNorm norm, SolverOptions options, double beta, Listener listener) {
        if (!(beta > 0 && Double.isFinite(beta))) {
            throw new IllegalArgumentException("the penalty is " + beta + "; right is finite and above 0");
        }
        this.smooth = smooth;
        this.norm = norm;
        this.options = options;
        this.beta = beta;
        this.listener = listener;
    }

    /** Takes the weights after an iteration, the start first. */
    boolean goesOn(Matrix weights, Matrix gramTimes, double normSum) {
        iterations++;
        double objective = smooth.energy() / 2 - smooth.target().dot(weights) + weights.dot(gramTimes) / 2
                + beta * normSum;
        if (objective < bestObjective) {
            best = weights;
            bestGramTimes = gramTimes;
            bestNormSum = normSum;
            bestObjective = objective;
        }
        boolean end = iterations >= options.iterations() || seconds() >= options.seconds();
        if (end || iterations % EVERY == 0) {
            look();
        }
        return !end && gap.relative() > options.gap() && looksInVain < PATIENCE;
    }

    /** A lower bound stays one: the best weights are judged by the highest. */
    private void look() {
        DualityGap now = DualityGap.of(smooth, norm, beta, best, bestGramTimes, bestNormSum);
        highestDual = Math.max(highestDual, now.dual());
        gap = new DualityGap(now.primal(), highestDual, now.largest());
        looksInVain = gap.relative() < lowestGap ? 0 : looksInVain + 1;
        lowestGap = Math.min(lowestGap, gap.relative());
        listener.looked(iterations, gap);
    }

    private double seconds() {
        return (System.nanoTime() - startNs) / 1e9;
    }

    GroupLassoSolution solution() {
        return new GroupLassoSolution(beta, best, gap, iterations, seconds(), gap.relative() <= options.gap());
    }
}
