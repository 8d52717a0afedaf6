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
import org.reluctor.network.MeasurementMatrix;

/**
 * Signals that are not evaluated, as the linear MMSE estimate learns from them: every record counts the same, whatever
 * its amplitude and length; every block of a picture counts the same.
 */
final class LinearYardstick {
    /** More windows of a record, or blocks in all, tell nothing new about a covariance. */
    private static final int WINDOWS = 1000;
    private static final int BLOCKS = 20_000;

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
        return data.holdsPictures() ? ofPictures(data, others, n) : ofRecords(data, others, n);
    }

    private static LinearYardstick ofRecords(EvaluationData data, List<String> names, int n) {
        List<Windows> records = new ArrayList<>();
        for (String name : names) {
            for (Recording recording : data.recordings(name)) {
                records.add(Windows.of(recording, 0, n, Math.max(1, recording.length() / n / WINDOWS)));
            }
        }
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

    private static LinearYardstick ofPictures(EvaluationData data, List<String> names, int n) {
        int side = PictureEvaluation.side(n);
        List<Picture> pictures = new ArrayList<>();
        names.forEach(name -> pictures.addAll(data.pictures(name)));
        int all = pictures.stream().mapToInt(picture -> Tiling.of(picture, side).count()).sum();
        Samples signals = Tiling.cut(pictures, side, Math.max(1, all / BLOCKS));
        return new LinearYardstick(signals, LinearRecovery.equal(signals.count()));
    }

    /** The estimate for measurements under that condition. */
    LinearRecovery recovery(MeasurementMatrix matrix, Condition condition, long seed) {
        try {
            return new LinearRecovery(covariance, matrix,
                    LinearRecovery.noise(signals, weights, matrix, condition, seed));
        } catch (ArithmeticException singular) {
            throw new DataFormatException("the linear estimate cannot be computed: " + singular.getMessage(), singular);
        }
    }
}
