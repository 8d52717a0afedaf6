package org.reluctor.learn.measurement;

import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.training.TrainingProgress;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.SplitMix64;

/**
 * A sparse binary Φ made for signals of a known covariance: single ones move within their column, by simulated
 * annealing on the error of the linear MMSE recovery. The number of ones a column stays, and with it the sensor's work.
 */
public final class SparseBinaryDesign {
    /** Moves between two times that everything is computed anew. */
    private static final int SETTLED_EVERY = 256;
    private static final int TOLD_EVERY = 4096;

    private final Matrix covariance;
    private final double noise;
    private final Options options;

    /**
     * How long and how warm.
     *
     * @param proposals moves tried
     * @param start     temperature at the start, as a share of the present error: how much worse a move may be
     * @param end       temperature at the end, likewise; temperatures fall geometrically
     * @param seed      of the moves
     */
    public record Options(long proposals, double start, double end, long seed) {
        /** About a minute for n = 256, m = 64. */
        public static final Options MINUTE = new Options(1_500_000, 5e-4, 1e-6, 1);

        public Options {
            if (proposals < 1 || !(start >= end) || !(end > 0) || Double.isInfinite(start)) {
                throw new IllegalArgumentException(proposals + " proposals at temperatures from " + start + " to " + end
                        + "; right is at least 1 proposal, and temperatures that fall and stay above 0");
            }
        }
    }

    /**
     * What was found.
     *
     * @param matrix Φ
     * @param before error E‖x − x̂‖² of the linear MMSE at the start
     * @param error  the same of Φ
     * @param moves  ones that were moved
     */
    public record Result(MeasurementMatrix matrix, double before, double error, int moves) {
    }

    /**
     * @param covariance C = E[xxᵀ], n×n
     * @param noise      variance of the noise on each measurement, above 0, in the units of the covariance
     */
    public SparseBinaryDesign(Matrix covariance, double noise, Options options) {
        this.covariance = covariance;
        this.noise = noise;
        this.options = options;
    }

    /**
     * Improves a sparse binary matrix.
     *
     * @param start    of n columns, fewer ones a column than rows
     * @param progress hears of proposals
     * @return the best matrix that was met
     */
    public Result improve(MeasurementMatrix start, TrainingProgress progress) {
        if (!start.isSparseBinary() || start.onesPerColumn() >= start.rows()
                || start.columns() != covariance.columns()) {
            throw new IllegalArgumentException("the matrix " + start + " cannot be improved; right is sparse binary of "
                    + covariance.columns() + " columns, with fewer ones a column than rows");
        }
        boolean[] ones = ones(start.toArray());
        LinearErrorState state = new LinearErrorState(ones, covariance, noise);
        final double before = state.error();
        SplitMix64 random = new SplitMix64(options.seed);
        boolean[] best = ones.clone();
        double bestError = before;
        int moves = 0;
        for (long proposal = 0; proposal < options.proposals; proposal++) {
            if (propose(state, start, random, temperature(proposal))) {
                moves++;
                settle(state, moves);
                if (state.error() < bestError) {
                    bestError = state.error();
                    System.arraycopy(ones, 0, best, 0, best.length);
                }
            }
            if ((proposal + 1) % TOLD_EVERY == 0) {
                progress.advanced("measurement matrix", thousands(proposal + 1), thousands(options.proposals));
            }
        }
        return new Result(MeasurementMatrix.dense(start.rows(), start.columns(), floats(best)), before,
                new LinearErrorState(best, covariance, noise).error(), moves);
    }

    private static int thousands(long count) {
        return (int) ((count + 999) / 1000);
    }

    private static void settle(LinearErrorState state, int moves) {
        if (moves % SETTLED_EVERY == 0) {
            state.settle();
        }
    }

    private double temperature(long proposal) {
        return options.start * Math.pow(options.end / options.start, (double) proposal / options.proposals);
    }

    private static boolean propose(LinearErrorState state, MeasurementMatrix sizes, SplitMix64 random,
            double temperature) {
        int column = (int) random.bounded(sizes.columns());
        int from = nth(state, column, true, (int) random.bounded(sizes.onesPerColumn()));
        int to = nth(state, column, false, (int) random.bounded(sizes.rows() - sizes.onesPerColumn()));
        double change = state.change(column, from, to);
        double chance = (random.next() >>> 11) * 0x1p-53;
        if (!(change <= 0 || chance < StrictMath.exp(-change / (temperature * state.error())))) {
            return false;
        }
        state.move(column, from, to);
        return true;
    }

    /** The row of the n-th one (or zero) of a column. */
    private static int nth(LinearErrorState state, int column, boolean one, int n) {
        int row = 0;
        for (int left = n; left > 0 || state.isOne(row, column) != one; row++) {
            left -= state.isOne(row, column) == one ? 1 : 0;
        }
        return row;
    }

    private static boolean[] ones(float[] entries) {
        boolean[] ones = new boolean[entries.length];
        for (int at = 0; at < ones.length; at++) {
            ones[at] = entries[at] == 1;
        }
        return ones;
    }

    private static float[] floats(boolean[] ones) {
        float[] entries = new float[ones.length];
        for (int at = 0; at < ones.length; at++) {
            entries[at] = ones[at] ? 1 : 0;
        }
        return entries;
    }
}
