package org.reluctor.devicetests.training;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.engine.Engine;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.architecture.IstaNetPlus;
import org.reluctor.learn.architecture.LinearEstimate;
import org.reluctor.learn.architecture.PolyphaseImage;
import org.reluctor.learn.architecture.PolyphaseMixer;
import org.reluctor.learn.architecture.TrainableNetwork;
import org.reluctor.learn.architecture.UnrolledDense;
import org.reluctor.learn.data.DataFolder;
import org.reluctor.learn.data.DataKind;
import org.reluctor.learn.data.Picture;
import org.reluctor.learn.data.SampleBatches;
import org.reluctor.learn.data.Tiling;
import org.reluctor.learn.evaluation.Condition;
import org.reluctor.learn.evaluation.LinearRecovery;
import org.reluctor.learn.evaluation.PictureEvaluation;
import org.reluctor.learn.measurement.MatrixDesigns;
import org.reluctor.learn.training.GradientOptions;
import org.reluctor.learn.training.GradientTrainer;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.OnnxWriter;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.opencl.device.DeviceSession;

/** Trains networks on MNIST and prints how well they recover the test images: for choosing among them. */
public final class MnistTraining {
    private static final int SIDE = 28;
    private static final int N = SIDE * SIDE;
    private static final int HELD_OUT = 2000;
    private static final int TOGETHER = 500;

    private MnistTraining() {
    }

    /** Arguments: the folder of MNIST, then key=value. */
    public static void main(String[] args) throws IOException {
        Map<String, String> options = new HashMap<>();
        for (int at = 1; at < args.length; at++) {
            options.put(args[at].replaceAll("=.*", ""), args[at].replaceAll("^[^=]*=", ""));
        }
        DataFolder folder = DataFolder.open(Path.of(args[0]), DataKind.IDX);
        Samples all = Tiling.cut(folder.pictures("train"), SIDE, 1);
        Samples training = part(all, 0, all.count() - HELD_OUT);
        Samples aside = part(all, all.count() - HELD_OUT, HELD_OUT);
        int m = N / number(options, "cr", 8);
        MeasurementMatrix phi = MatrixDesigns.rowOrthonormal(m, N, 7);
        Matrix covariance = training.gram(training, LinearRecovery.equal(training.count()));
        Matrix w = LinearEstimate.of(covariance, phi, 1e-9 * covariance.trace() / m).matrix();
        TrainableNetwork start = network(options, phi, w);
        int steps = number(options, "steps", 100);
        int size = number(options, "batch", 64);
        GradientTrainer.Data data = new GradientTrainer.Data(new SampleBatches(training, size, 1),
                new SampleBatches(aside, size, 1));
        GradientOptions settings = GradientOptions.of(steps).withLoss(
                GradientOptions.LossKind.valueOf(options.getOrDefault("loss", "RELATIVE")), 0)
                .withRate(Double.parseDouble(options.getOrDefault("rate", "2e-3")), 200)
                .withIntervals(Math.max(1, steps / 5), 0, Math.max(1, steps / 10));
        long begin = cpuNs();
        try (DeviceSession session = TestDevice.open(Path.of("target", "kernel-cache"));
                GradientTrainer trainer = new GradientTrainer(start.network(), start.trainable(), data, settings,
                        session, report -> {
                            if (report.step() % Math.max(1, steps / 10) == 0) {
                                System.out.printf(Locale.ROOT, "%d loss %.4f best %.4f, %.0f frames/s, %.0f s cpu%n",
                                        report.step(), report.loss(), report.validation(), report.framesPerSecond(),
                                        (cpuNs() - begin) / 1e9);
                            }
                        })) {
            System.out.println(options + ": " + trainer.parameters() + " parameters, " + trainer.launchesOfStep()
                    + " launches a step, " + trainer.operationsOfStep() / 1e9 / size + " GFLOP an image");
            trainer.train(2);
            long cpu = cpuNs();
            RecoveryNetwork network = trainer.train();
            double seconds = (cpuNs() - cpu) / 1e9;
            System.out.printf(Locale.ROOT, "%.2f ms of processor time a step, %.1f GFLOP/s of processor%n",
                    seconds / (steps - 2) * 1e3, trainer.operationsOfStep() * (steps - 2.0) / seconds / 1e9);
            if (options.containsKey("out")) {
                OnnxWriter.write(network, Path.of(options.get("out")));
            }
            List<Picture> known = folder.pictures("train");
            System.out.printf(Locale.ROOT, "%s: held out %.2f dB, train %.2f dB, test %.2f%n", options,
                    psnr(session, network, phi, known.subList(known.size() - HELD_OUT, known.size())),
                    psnr(session, network, phi, known.subList(0, HELD_OUT)),
                    options.containsKey("out") ? psnr(session, network, phi, folder.pictures("t10k")) : 0);
        }
    }

    private static TrainableNetwork network(Map<String, String> options, MeasurementMatrix phi, Matrix w) {
        NetworkMetadata metadata = NetworkMetadata.of(N, phi.rows(), 1);
        int phases = number(options, "phases", 4);
        int channels = number(options, "channels", 64);
        return switch (options.getOrDefault("net", "image")) {
            case "dense" -> new UnrolledDense(number(options, "hidden", 800), phases, 1).assemble("dense", phi, w,
                    metadata);
            case "ista" -> new IstaNetPlus(SIDE, channels, phases, 1).assemble("ista-net", phi, w, metadata);
            case "mixer" -> new PolyphaseMixer(SIDE, number(options, "factor", 4), channels,
                    number(options, "hidden", 0), phases, 1).assemble("mixer", phi, w, metadata);
            default -> new PolyphaseImage(SIDE, number(options, "factor", 4), channels, number(options, "hidden", 64),
                    phases, 1).assemble("image", phi, w, metadata);
        };
    }

    private static Samples part(Samples all, int first, int count) {
        return new Samples(N, java.util.Arrays.copyOfRange(all.values(), first * N, (first + count) * N));
    }

    private static int number(Map<String, String> options, String key, int otherwise) {
        return Integer.parseInt(options.getOrDefault(key, Integer.toString(otherwise)));
    }

    private static double psnr(DeviceSession session, RecoveryNetwork network, MeasurementMatrix phi,
            List<Picture> pictures) {
        double[] sum = new double[1];
        try (Engine engine = Engine.create(network, session, TOGETHER)) {
            new PictureEvaluation(phi, (y, frames) -> recover(engine, network, y, frames), Condition.CLEAN, 1)
                    .recover(pictures, recovered -> sum[0] += recovered.figures().psnr());
        }
        return sum[0] / pictures.size();
    }

    private static float[] recover(Engine engine, RecoveryNetwork network, float[] y, int frames) {
        float[] x = new float[frames * N];
        int m = y.length / frames;
        for (int first = 0; first < frames; first += TOGETHER) {
            int count = Math.min(TOGETHER, frames - first);
            float[][] outputs = new float[network.outputs().size()][count * N];
            engine.run(java.util.Arrays.copyOfRange(y, first * m, (first + count) * m), count, outputs);
            System.arraycopy(outputs[0], 0, x, first * N, count * N);
        }
        return x;
    }

    private static long cpuNs() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
