package org.reluctor.learn.training;

import java.util.Arrays;
import java.util.List;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.data.DataFormatException;
import org.reluctor.learn.data.Windows;

/**
 * Windows of several records, which know their record: error is measured relative to a record's energy (PRD), so that
 * a record of large amplitude counts no more than a small one.
 */
public final class TrainingSet {
    private final Samples signals;
    private final int[] recordOf;
    private final double[] energies;

    private TrainingSet(Samples signals, int[] recordOf, double[] energies) {
        this.signals = signals;
        this.recordOf = recordOf;
        this.energies = energies;
    }

    /**
     * Joins records of one window length.
     *
     * @throws DataFormatException if there is no record, or one holds nothing but zeros
     */
    public static TrainingSet of(List<Windows> records) {
        if (records.isEmpty()) {
            throw new DataFormatException("no record is left to train on; exclude or hold out fewer");
        }
        int length = records.get(0).length();
        int count = records.stream().mapToInt(Windows::count).sum();
        TrainingSet set = new TrainingSet(Samples.zero(count, length), new int[count], new double[records.size()]);
        int first = 0;
        for (int record = 0; record < records.size(); record++) {
            Windows windows = records.get(record);
            System.arraycopy(windows.samples(), 0, set.signals.values(), first * length, windows.samples().length);
            Arrays.fill(set.recordOf, first, first + windows.count(), record);
            set.energies[record] = windows.energy();
            if (set.energies[record] == 0) {
                throw new DataFormatException("record " + windows.name() + " holds no window with any signal");
            }
            first += windows.count();
        }
        return set;
    }

    /** All windows x. */
    public Samples signals() {
        return signals;
    }

    /** Root mean square over all samples. */
    public double rms() {
        return Math.sqrt(Arrays.stream(energies).sum() / signals.values().length);
    }

    /** Weights under which Σ w‖e‖² is the mean over records of the squared relative error. */
    public double[] equalWeights() {
        double[] ones = new double[energies.length];
        Arrays.fill(ones, 1);
        return weights(ones);
    }

    /**
     * Weights under which a least-squares fit, repeated, tends to the smallest mean of the relative errors rather than
     * of their squares (iteratively reweighted least squares): a record counts by 1 / its present relative error.
     */
    public double[] weightsFor(Samples estimates) {
        return weights(relativeErrors(estimates));
    }

    private double[] weights(double[] relativeErrors) {
        double sum = 0;
        for (double error : relativeErrors) {
            sum += 1 / error;
        }
        double[] weights = new double[recordOf.length];
        for (int at = 0; at < weights.length; at++) {
            int record = recordOf[at];
            weights[at] = 1 / (sum * relativeErrors[record] * energies[record]);
        }
        return weights;
    }

    /** ‖x − x̂‖ / ‖x‖ of each record; PRD is 100 times it. */
    public double[] relativeErrors(Samples estimates) {
        double[] squares = new double[energies.length];
        int width = signals.width();
        for (int at = 0; at < estimates.values().length; at++) {
            double error = signals.values()[at] - estimates.values()[at];
            squares[recordOf[at / width]] += error * error;
        }
        for (int record = 0; record < squares.length; record++) {
            // A perfect record must not get an infinite weight.
            squares[record] = Math.sqrt(Math.max(squares[record] / energies[record], 1e-12));
        }
        return squares;
    }

    /** Mean of the records' PRD in percent. */
    public double meanPrd(Samples estimates) {
        return 100 * Arrays.stream(relativeErrors(estimates)).average().orElseThrow();
    }
}
