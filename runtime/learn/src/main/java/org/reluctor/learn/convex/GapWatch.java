package org.reluctor.learn.convex;

import org.reluctor.learn.algebra.Matrix;

/**
 * Follows a method from weights to weights: keeps the best, evaluates the gap now and then, and says when to end: at
 * the gap that was asked for, at the end of the budget, or where rounding keeps the gap from falling. The dual point is
 * the better of two: the best weights' residual, and that of the last weights extrapolated (M. Massias, A. Gramfort,
 * J. Salmon, "Celer", ICML 2018), which often lies much nearer to the optimum than any of them.
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
    private final Extrapolation extrapolation = new Extrapolation();
    private Iterate last;
    private Matrix best;
    private Matrix bestGramTimes;
    private double bestNormSum;
    private double bestObjective = Double.POSITIVE_INFINITY;
    private DualityGap gap;
    private double lowestGap = Double.POSITIVE_INFINITY;
    private double highestDual = Double.NEGATIVE_INFINITY;
    private Matrix ofHighestDual;
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
        Iterate now = new Iterate(weights, smooth.target().plus(-1, gramTimes));
        Iterate guess = last == null ? null : extrapolation.after(last, now);
        last = now;
        if (guess != null) {
            offerDual(dualOf(guess), guess.weights());
        }
        boolean end = iterations >= options.iterations() || seconds() >= options.seconds();
        if (end || iterations % EVERY == 0) {
            look();
        }
        return !end && gap.relative() > options.gap() && looksInVain < PATIENCE;
    }

    private void offerDual(double dual, Matrix weights) {
        if (dual > highestDual) {
            highestDual = dual;
            ofHighestDual = weights;
        }
    }

    private double dualOf(Iterate at) {
        double aligned = smooth.energy() - smooth.target().dot(at.weights());
        // ‖R‖² = ⟨R, Y⟩ − ⟨R, ZU⟩, the latter being ⟨ZᵀR, U⟩.
        double residual = aligned - at.correlation().dot(at.weights());
        return DualityGap.of(0, residual, aligned, DualityGap.largest(smooth, norm, at.correlation()), beta).dual();
    }

    /** A lower bound stays one: the best weights are judged by the highest. */
    private void look() {
        DualityGap now = DualityGap.of(smooth, norm, beta, best, bestGramTimes, bestNormSum);
        offerDual(now.dual(), best);
        gap = new DualityGap(now.primal(), highestDual, now.largest());
        looksInVain = gap.relative() < lowestGap ? 0 : looksInVain + 1;
        lowestGap = Math.min(lowestGap, gap.relative());
        listener.looked(iterations, gap);
    }

    private double seconds() {
        return (System.nanoTime() - startNs) / 1e9;
    }

    GroupLassoSolution solution() {
        return new GroupLassoSolution(beta, best, ofHighestDual, gap, iterations, seconds(),
                gap.relative() <= options.gap());
    }
}
