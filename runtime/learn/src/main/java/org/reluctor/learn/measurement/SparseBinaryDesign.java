package org.reluctor.learn.measurement;

import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.training.TrainingProgress;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.SplitMix64;

/**
 * A sparse binary Φ made for signals of a known covariance, by simulated annealing on the error of the linear MMSE
 * recovery. The number of ones a column stays, and with it the sensor's work. Without rounding single ones move within
 * their column. Where measurements are rounded over each window's own range, rows get as many ones as each other (±1)
 * and pairs of columns exchange a one: the signal's offset is then common to all measurements and costs no bits, and
 * the noise in the error is that of the ranges which Φ itself gives.
 */
public final class SparseBinaryDesign {
    /** Moves between two times that everything is computed anew. */
    private static final int SETTLED_EVERY = 64;
    private static final int TOLD_EVERY = 4096;
    /** Moves that raise the error are not looked at further where more than this share of the noise had to vanish. */
    private static final double MOST_QUIETED = 0.05;

    private final Matrix covariance;
    private final double noise;
    private final Rounding rounding;
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
        /** Some seconds for n = 256, m = 64. */
        public static final Options MINUTE = new Options(1_500_000, 5e-4, 1e-6, 1);

        public Options {
            if (proposals < 1 || !(start >= end) || !(end > 0) || Double.isInfinite(start)) {
                throw new IllegalArgumentException(proposals + " proposals at temperatures from " + start + " to " + end
                        + "; right is at least 1 proposal, and temperatures that fall and stay above 0");
            }
        }
    }

    /**
     * Windows whose measurements are rounded.
     *
     * @param signals [count, n]
     * @param weights of the signals, [count], in sum those of the covariance
     * @param levels  steps between a window's least and greatest measurement
     * @param weight  how many times the rounding's variance counts; 1 for the error of rounded measurements
     */
    public record Rounding(Samples signals, double[] weights, double levels, double weight) {
        /** None. */
        static Rounding none(int n) {
            return new Rounding(Samples.zero(0, n), new double[0], 1, 0);
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
     * Without rounding.
     *
     * @param covariance C = E[xxᵀ], n×n
     * @param noise      variance of the noise on each measurement, above 0, in the units of the covariance
     */
    public SparseBinaryDesign(Matrix covariance, double noise, Options options) {
        this(covariance, noise, Rounding.none(covariance.columns()), options);
    }

    /** The same for measurements that are rounded, besides the noise. */
    public SparseBinaryDesign(Matrix covariance, double noise, Rounding rounding, Options options) {
        this.covariance = covariance;
        this.noise = noise;
        this.rounding = rounding;
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
        SplitMix64 random = new SplitMix64(options.seed);
        boolean exchanges = rounding.signals.count() > 0;
        SparseOnes ones = SparseOnes.of(start);
        if (exchanges) {
            ones.level(random);
        }
        Search search = new Search(ones);
        final double before = search.error();
        for (long proposal = 0; proposal < options.proposals; proposal++) {
            OneMove move = exchanges ? ones.exchange(random) : ones.move(random);
            double chance = ((random.next() >>> 11) + 1) * 0x1p-53;
            if (move != null) {
                search.propose(move, -StrictMath.log(chance) * temperature(proposal));
            }
            if ((proposal + 1) % TOLD_EVERY == 0) {
                progress.advanced("measurement matrix", thousands(proposal + 1), thousands(options.proposals));
            }
        }
        return new Result(search.best.matrix(), before, new Search(search.best).error(), search.moves);
    }

    private static int thousands(long count) {
        return (int) ((count + 999) / 1000);
    }

    private double temperature(long proposal) {
        return options.start * Math.pow(options.end / options.start, (double) proposal / options.proposals);
    }

    /** Φ on its way, and the best one so far. */
    private final class Search {
        private final SparseOnes ones;
        private final RoundingNoise ranges;
        private final LinearErrorState state;
        /** The rounding's variance that the state reckons with. */
        private double settled;
        private SparseOnes best;
        private double bestError;
        private int moves;

        Search(SparseOnes ones) {
            this.ones = ones;
            ranges = new RoundingNoise(ones.entries(), rounding.signals, rounding.weights, rounding.levels);
            settled = ranges.variance();
            state = new LinearErrorState(ones.entries(), covariance, noise + rounding.weight * settled);
            best = ones.copy();
            bestError = state.error();
        }

        /** With the rounding's variance as it is now, to first order. */
        double error() {
            return state.error() + rounding.weight * state.sensitivity() * (ranges.variance() - settled);
        }

        void propose(OneMove move, double share) {
            double error = error();
            double most = share * error;
            double price = rounding.weight * state.sensitivity();
            double change = state.change(move);
            if (change <= most + MOST_QUIETED * price * ranges.variance()
                    && change + price * ranges.change(move) <= most) {
                take(move);
            }
        }

        private void take(OneMove move) {
            ranges.move(move);
            state.move(move);
            ones.apply(move);
            moves++;
            if (moves % SETTLED_EVERY == 0) {
                settled = ranges.variance();
                state.settle(noise + rounding.weight * settled);
            }
            double error = error();
            if (error < bestError) {
                bestError = error;
                best = ones.copy();
            }
        }
    }
}
