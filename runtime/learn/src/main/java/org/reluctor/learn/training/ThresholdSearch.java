package org.reluctor.learn.training;

import org.reluctor.learn.architecture.DaubechiesBasis;

/**
 * Chooses a phase's thresholds, one a level of detail (the approximation is not shrunk), by coordinate descent on the
 * error after the phase, everything else of it in its closed form. Starts at half of the level's root mean square.
 */
final class ThresholdSearch {
    private static final double[] FACTORS = {0.35, 0.65, 1.5, 2.5};
    private static final int ROUNDS = 2;
    /** Improvements below it are noise of the sample. */
    private static final double LEAST_GAIN = 1e-4;

    private final PhaseFit fit;
    private final DaubechiesBasis basis;

    ThresholdSearch(PhaseFit fit, DaubechiesBasis basis) {
        this.fit = fit;
        this.basis = basis;
    }

    /** The thresholds for all n coefficients. */
    double[] run(String stage, TrainingProgress progress) {
        int total = ROUNDS * basis.levels() * FACTORS.length;
        double[] best = startingPoint();
        double least = fit.fit(expand(best)).error();
        for (int step = 0; step < total; step++) {
            double[] changed = best.clone();
            changed[1 + step / FACTORS.length % basis.levels()] *= FACTORS[step % FACTORS.length];
            double error = fit.fit(expand(changed)).error();
            if (error < least * (1 - LEAST_GAIN)) {
                least = error;
                best = changed;
            }
            progress.advanced(stage, step + 1, total);
        }
        return expand(best);
    }

    private double[] startingPoint() {
        double[] squares = new double[basis.levels() + 1];
        long[] counts = new long[basis.levels() + 1];
        double[] values = fit.coefficients().values();
        for (int at = 0; at < values.length; at++) {
            int level = basis.levelOf(at % basis.n());
            squares[level] += values[at] * values[at];
            counts[level]++;
        }
        double[] start = new double[squares.length];
        for (int level = 1; level < start.length; level++) {
            start[level] = Math.sqrt(squares[level] / counts[level]) / 2;
        }
        return start;
    }

    private double[] expand(double[] byLevel) {
        double[] thresholds = new double[basis.n()];
        for (int at = 0; at < thresholds.length; at++) {
            thresholds[at] = byLevel[basis.levelOf(at)];
        }
        return thresholds;
    }
}
