package org.reluctor.learn.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.data.DataFormatException;
import org.reluctor.learn.data.Picture;
import org.reluctor.learn.data.Recording;
import org.reluctor.learn.data.Tiling;
import org.reluctor.learn.data.Windows;
import org.reluctor.learn.evaluation.Condition;
import org.reluctor.learn.evaluation.LinearRecovery;
import org.reluctor.learn.evaluation.PictureEvaluation;
import org.reluctor.learn.measurement.Quantiser;
import org.reluctor.learn.measurement.SparseBinaryDesign;
import org.reluctor.network.MeasurementMatrix;

/**
 * Signals as the linear MMSE estimate learns from them: every record counts the same, whatever its amplitude and
 * length; every block of a picture counts the same. The yardstick of an evaluation, and the start of a training.
 */
final class LinearYardstick {
    /** More windows of a record, or blocks in all, tell nothing new about a covariance. */
    private static final int WINDOWS = 1000;
    private static final int BLOCKS = 20_000;
    private static final int ROUNDED = 400;

    private final Samples signals;
    private final double[] weights;
    private final Matrix covariance;

    private LinearYardstick(Samples signals, double[] weights) {
        this.signals = signals;
        this.weights = weights;
        this.covariance = signals.gram(signals, weights);
    }

    /** From the records or pictures that are not evaluated. */
    static LinearYardstick of(EvaluationData data, List<String> evaluated, int n) {
        List<String> others = data.others(evaluated);
        if (data.holdsPictures()) {
            List<Picture> pictures = new ArrayList<>();
            others.forEach(name -> pictures.addAll(data.pictures(name)));
            return ofPictures(pictures, PictureEvaluation.side(n));
        }
        List<Windows> records = new ArrayList<>();
        for (String name : others) {
            data.recordings(name).forEach(recording -> records.add(some(recording, n)));
        }
        return ofWindows(records, n);
    }

    /** From recordings of one channel. */
    static LinearYardstick ofRecordings(List<Recording> recordings, int n) {
        return ofWindows(recordings.stream().map(recording -> some(recording, n)).toList(), n);
    }

    private static Windows some(Recording recording, int n) {
        return Windows.of(recording, 0, n, Math.max(1, recording.length() / n / WINDOWS));
    }

    private static LinearYardstick ofWindows(List<Windows> records, int n) {
        int count = records.stream().mapToInt(Windows::count).sum();
        Samples signals = Samples.zero(count, n);
        double[] weights = new double[count];
        int done = 0;
        for (Windows windows : records) {
            System.arraycopy(windows.samples(), 0, signals.values(), done * n, windows.samples().length);
            double energy = windows.energy();
            Arrays.fill(weights, done, done + windows.count(), energy == 0 ? 0 : 1 / (energy * records.size()));
            done += windows.count();
        }
        return new LinearYardstick(signals, weights);
    }

    /** From blocks of pictures. */
    static LinearYardstick ofPictures(List<Picture> pictures, int side) {
        int all = pictures.stream().mapToInt(picture -> Tiling.of(picture, side).count()).sum();
        Samples signals = Tiling.cut(pictures, side, Math.max(1, all / BLOCKS));
        return new LinearYardstick(signals, LinearRecovery.equal(signals.count()));
    }

    /** Σ w xxᵀ. */
    Matrix covariance() {
        return covariance;
    }

    /** Root mean square of the signals' samples. */
    double rms() {
        return Math.sqrt(signals.energy() / signals.values().length);
    }

    /**
     * The estimate for measurements under that condition.
     *
     * @param deviation of further independent noise on each measurement, in the unit of the signals
     */
    LinearRecovery recovery(MeasurementMatrix matrix, Condition condition, double deviation, long seed) {
        try {
            return new LinearRecovery(covariance, matrix, noise(deviation)
                    + LinearRecovery.noise(signals, weights, matrix, condition, seed));
        } catch (ArithmeticException singular) {
            throw new DataFormatException("the linear estimate cannot be computed: " + singular.getMessage(), singular);
        }
    }

    /**
     * Some hundreds of the signals, by which a design of Φ tells what rounding their measurements adds: nothing where
     * they are not rounded.
     */
    SparseBinaryDesign.Rounding rounding(Quantiser quantiser) {
        int every = Math.max(1, signals.count() / ROUNDED);
        Samples some = signals.every(every);
        double[] shares = new double[some.count()];
        // Each stands for those up to the next one, the last for what is left.
        Arrays.setAll(shares, at -> weights[at * every] * Math.min(every, signals.count() - at * every));
        boolean rounds = quantiser != Quantiser.FLOAT;
        return new SparseBinaryDesign.Rounding(some, shares, rounds ? (1L << quantiser.bits()) - 1 : 1, rounds ? 1 : 0);
    }

    /** The variance of noise of that standard deviation, weighted as the covariance is. */
    double noise(double deviation) {
        return deviation * deviation * Arrays.stream(weights).sum();
    }
}
