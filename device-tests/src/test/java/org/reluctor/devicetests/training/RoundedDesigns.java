package org.reluctor.devicetests.training;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.data.Windows;
import org.reluctor.learn.measurement.MatrixDesigns;
import org.reluctor.learn.measurement.SparseBinaryDesign;
import org.reluctor.learn.training.TrainingProgress;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.OnnxReader;

/**
 * Sparse binary matrices that {@link RoundingStudy} compares: {@code random}, {@code level} (the same with as many ones
 * in every row), or a network's, by its file; behind a colon a weight, with which 8-bit rounding counts while rows are
 * made level and pairs of ones exchanged by annealing.
 */
final class RoundedDesigns {
    private static final double LEVELS = 255;
    private static final long SEED = 1;
    private static final int WINDOWS = 12;
    private static final double LEAST_NOISE = 1e-9;
    private static final SparseBinaryDesign.Options FROM_RANDOM =
            new SparseBinaryDesign.Options(3_000_000, 6e-4, 2e-5, SEED);
    /** Cooler: what a training found is not to be lost. */
    private static final SparseBinaryDesign.Options FROM_FILE =
            new SparseBinaryDesign.Options(1_000_000, 1e-4, 1e-6, SEED);

    private final int m;
    private final int n;
    private final int ones;
    private final Matrix covariance;
    private final Samples signals;
    private final double[] weights;

    /**
     * @param like       whose sizes all have
     * @param covariance of the training signals
     * @param training   records that all count the same
     */
    RoundedDesigns(MeasurementMatrix like, Matrix covariance, List<Windows> training) {
        m = like.rows();
        n = like.columns();
        ones = like.onesPerColumn();
        this.covariance = covariance;
        signals = Samples.zero(WINDOWS * training.size(), n);
        weights = new double[signals.count()];
        for (int at = 0; at < weights.length; at++) {
            Windows record = training.get(at / WINDOWS);
            int from = (int) ((long) (at % WINDOWS) * record.count() / WINDOWS);
            System.arraycopy(record.samples(), from * n, signals.values(), at * n, n);
            weights[at] = (double) record.count() / WINDOWS / (record.energy() * training.size());
        }
    }

    MeasurementMatrix of(String name) {
        int colon = name.lastIndexOf(':');
        String start = colon < 0 ? name : name.substring(0, colon);
        MeasurementMatrix random = MeasurementMatrix.sparseBinary(m, n, ones, SEED);
        boolean file = !List.of("random", "level").contains(start);
        MeasurementMatrix begun = file ? OnnxReader.read(Path.of(start)).matrix().orElseThrow()
                : start.equals("level") ? MatrixDesigns.levelRows(random, SEED) : random;
        if (colon < 0) {
            return begun;
        }
        double weight = Double.parseDouble(name.substring(colon + 1));
        return new SparseBinaryDesign(covariance, LEAST_NOISE * covariance.trace() / m,
                new SparseBinaryDesign.Rounding(signals, weights, LEVELS, weight), file ? FROM_FILE : FROM_RANDOM)
                .improve(begun, TrainingProgress.SILENT).matrix();
    }

    /** Least and greatest count of ones of a row. */
    static String counts(MeasurementMatrix phi) {
        int[] counts = new int[phi.rows()];
        for (int column = 0; column < phi.columns(); column++) {
            Arrays.stream(phi.rowsOfColumn(column)).forEach(row -> counts[row]++);
        }
        return Arrays.stream(counts).min().orElseThrow() + " to " + Arrays.stream(counts).max().orElseThrow();
    }
}
