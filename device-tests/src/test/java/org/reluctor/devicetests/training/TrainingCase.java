package org.reluctor.devicetests.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.architecture.LinearEstimate;
import org.reluctor.learn.architecture.PolyphaseConvolution;
import org.reluctor.learn.architecture.TrainableNetwork;
import org.reluctor.learn.data.BatchSource;
import org.reluctor.learn.data.Channel;
import org.reluctor.learn.data.Recording;
import org.reluctor.learn.data.RecordingBatches;
import org.reluctor.learn.training.GradientOptions;
import org.reluctor.learn.training.GradientProgress;
import org.reluctor.learn.training.GradientTrainer;
import org.reluctor.learn.training.MatrixMoves;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.opencl.device.DeviceSession;

/** Something small to train: pulses at random places, a network of two phases. */
final class TrainingCase {
    private static final int N = 64;
    private static final int M = 16;
    private static final int RECORDS = 6;
    private static final int SAMPLES = 4000;
    private static final double NOISE = 1e-6;

    private TrainingCase() {
    }

    static GradientOptions options(int steps) {
        return GradientOptions.of(steps).withRate(3e-3, 5).withIntervals(10, 0, 5);
    }

    static GradientTrainer trainer(DeviceSession session, GradientOptions options, GradientProgress progress) {
        return trainer(session, options, progress, Set.of());
    }

    /** The same that trains further initializers: Phi, the sensor's matrix, and W. */
    static GradientTrainer trainer(DeviceSession session, GradientOptions options, GradientProgress progress,
            Set<String> further) {
        TrainableNetwork start = network(options.binaryMatrix() ? MeasurementMatrix.rademacher(M, N, 1) : sparse());
        Set<String> trainable = new TreeSet<>(start.trainable());
        trainable.addAll(further);
        return new GradientTrainer(start.network(), trainable, data(), options, session, progress);
    }

    /** The matrix that sparse ones begin with. */
    static MeasurementMatrix sparse() {
        return MeasurementMatrix.sparseBinary(M, N, 4, 1);
    }

    private static TrainableNetwork network(MeasurementMatrix phi) {
        return network(phi, 12, 2);
    }

    private static TrainableNetwork network(MeasurementMatrix phi, int channels, int phases) {
        int m = phi.rows();
        int n = phi.columns();
        Matrix w = LinearEstimate.of(covariance(n), phi, NOISE).matrix();
        return new PolyphaseConvolution(channels, phases, 8, 1).assemble("pulses", phi, w,
                NetworkMetadata.of(n, m, 1).withScales(2, 2, 0));
    }

    private static Matrix covariance(int n) {
        return Matrix.zero(n, n).plusDiagonal(1);
    }

    /** Training during which ones of the sparse matrix move. */
    static GradientTrainer moving(DeviceSession session, int steps) {
        TrainableNetwork start = network(sparse());
        return new GradientTrainer(start.network(), start.trainable(), data(), options(steps),
                MatrixMoves.of(covariance(N), NOISE, M, false), session, GradientProgress.SILENT);
    }

    /** The least validation loss of a network that is trained with that matrix from the start. */
    static double lossWith(DeviceSession session, MeasurementMatrix phi, int steps) {
        TrainableNetwork start = network(phi);
        try (GradientTrainer trainer = new GradientTrainer(start.network(), start.trainable(), data(), options(steps),
                session, GradientProgress.SILENT)) {
            trainer.train();
            return trainer.validation();
        }
    }

    private static GradientTrainer.Data data() {
        return new GradientTrainer.Data(batches(0.5, 1), batches(0, 2));
    }

    /** All kinds of kernels, and hardly any work for them. */
    static GradientTrainer least(DeviceSession session, GradientProgress progress) {
        TrainableNetwork start = network(MeasurementMatrix.sparseBinary(8, 32, 2, 1), 4, 1);
        BatchSource batches = new RecordingBatches(records(), 0, new RecordingBatches.Options(32, 2, 1, 0, 1));
        return new GradientTrainer(start.network(), start.trainable(), new GradientTrainer.Data(batches, batches),
                options(2), session, progress);
    }

    private static BatchSource batches(double gainSpread, long seed) {
        return new RecordingBatches(records(), 0, new RecordingBatches.Options(N, 4, 3, gainSpread, seed));
    }

    private static List<Recording> records() {
        Random random = new Random(3);
        List<Recording> records = new ArrayList<>();
        for (int record = 0; record < RECORDS; record++) {
            float[] signal = new float[SAMPLES];
            for (int pulse = 0; pulse < SAMPLES / 20; pulse++) {
                int centre = random.nextInt(SAMPLES);
                for (int at = Math.max(0, centre - 8); at < Math.min(SAMPLES, centre + 8); at++) {
                    signal[at] += (float) Math.exp(-0.1 * (at - centre) * (at - centre)) * (record + 1);
                }
            }
            records.add(new Recording("r" + record, "s" + record, 100,
                    List.of(new Channel("pulses", "", 0, 1, signal))));
        }
        return records;
    }
}
