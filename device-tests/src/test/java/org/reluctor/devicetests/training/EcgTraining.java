package org.reluctor.devicetests.training;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.architecture.LinearEstimate;
import org.reluctor.learn.architecture.PolyphaseConvolution;
import org.reluctor.learn.architecture.TrainableNetwork;
import org.reluctor.learn.data.BatchSource;
import org.reluctor.learn.data.DataFolder;
import org.reluctor.learn.data.Recording;
import org.reluctor.learn.data.RecordingBatches;
import org.reluctor.learn.data.Windows;
import org.reluctor.learn.training.GradientOptions;
import org.reluctor.learn.training.GradientTrainer;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.opencl.device.DeviceSession;

/** Trains the 140,928-parameter network on ECG and prints how it goes: for measuring speed. */
public final class EcgTraining {
    private static final int N = 256;
    private static final int M = 64;
    private static final double SCALE = 0.5;
    /** Of the demonstration. */
    private static final List<String> KEPT_ASIDE = List.of("208");

    private EcgTraining() {
    }

    /** Arguments: the folder of the records, and steps. */
    public static void main(String[] args) {
        DataFolder folder = DataFolder.open(Path.of(args[0]));
        List<Recording> training = folder.names().stream().filter(name -> !KEPT_ASIDE.contains(name))
                .map(folder::recording).toList();
        MeasurementMatrix phi = MeasurementMatrix.sparseBinary(M, N, 4, 1);
        Matrix covariance = covariance(training);
        Matrix w = LinearEstimate.of(covariance, phi, 1e-9 * covariance.trace() / M).matrix();
        TrainableNetwork start = PolyphaseConvolution.FULL.assemble("ecg", phi, w,
                NetworkMetadata.of(N, M, 1).withScales(SCALE, SCALE, 0));
        int steps = Integer.parseInt(args[1]);
        int records = Math.min(34, training.size());
        BatchSource batches = new RecordingBatches(training, 0,
                new RecordingBatches.Options(N, records, 136 / records, 0.5, 1));
        GradientTrainer.Data data = new GradientTrainer.Data(batches, batches);
        try (DeviceSession session = TestDevice.open(Path.of("target", "kernel-cache"));
                GradientTrainer trainer = new GradientTrainer(start.network(), start.trainable(), data,
                        GradientOptions.of(steps).withIntervals(steps, 0, steps), session, report -> {
                            if (report.step() % Math.max(1, steps / 50) == 0) {
                                System.out.printf(Locale.ROOT, "%d loss %.4f best %.4f, %.0f frames/s, %.0f s left%n",
                                        report.step(), report.loss(), report.validation(), report.framesPerSecond(),
                                        report.secondsLeft());
                            }
                        })) {
            System.out.println(trainer.parameters() + " parameters, " + trainer.launchesOfStep() + " launches a step");
            long cpu = cpuNs();
            RecoveryNetwork network = trainer.train();
            System.out.printf(Locale.ROOT, "%s, %.2f ms of processor time a step%n", network.name(),
                    (cpuNs() - cpu) / 1e6 / steps);
        }
    }

    private static long cpuNs() {
        return ((com.sun.management.OperatingSystemMXBean)
                java.lang.management.ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static Matrix covariance(List<Recording> records) {
        Matrix sum = Matrix.zero(N, N);
        for (Recording record : records) {
            Windows windows = Windows.of(record, 0, N, 4);
            double[] weights = new double[windows.count()];
            Arrays.fill(weights, 1 / windows.energy());
            sum = sum.plus(1, windows.vectors().gram(windows.vectors(), weights));
        }
        return sum;
    }
}
