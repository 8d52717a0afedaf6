package org.reluctor.devicetests.peers;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.architecture.PolyphaseImage;
import org.reluctor.learn.architecture.TrainableNetwork;
import org.reluctor.learn.architecture.UnrolledDense;
import org.reluctor.learn.architecture.WholeImage;
import org.reluctor.learn.data.BatchSource;
import org.reluctor.learn.training.GradientOptions;
import org.reluctor.learn.training.GradientProgress;
import org.reluctor.learn.training.GradientTrainer;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.training.Launches;
import org.reluctor.opencl.training.MatrixProduct;
import org.reluctor.opencl.training.MatrixView;
import org.reluctor.opencl.training.ProductSize;
import org.reluctor.opencl.training.TrainingKernels;

/**
 * Measures what training computes against the device's ceiling: products of several sizes and layouts, and whole steps
 * of dense and convolutional networks. Beside the share by the clock stands what one processor did in a second of its
 * time, which others on the machine hardly change.
 */
public final class BenchTraining {
    private static final int[][] SIZES = {{512, 512, 512}, {1024, 1024, 1024}, {256, 800, 784}, {64, 192, 4352},
        {64, 4352, 192}, {784, 4096, 784}};
    private static final int TRIALS = 20;
    private static final int FRAMES = 256;
    private static final int SIDE = 28;
    private static final int N = SIDE * SIDE;
    private static final int M = 98;
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private BenchTraining() {
    }

    /** Prints one line a product and layout, then one for training of each network. */
    public static void main(String[] args) {
        try (DeviceSession session = TestDevice.open(Path.of("target", "kernel-cache"));
                TrainingKernels kernels = new TrainingKernels(session)) {
            double ceiling = Ceilings.measure(session).gflops();
            for (int[] size : SIZES) {
                for (int layout = 0; layout < 4; layout++) {
                    measure(session, kernels, new ProductSize(size[0], size[1], size[2], 1), layout, ceiling);
                }
            }
            MeasurementMatrix phi = MeasurementMatrix.sparseBinary(M, N, 4, 1);
            Matrix w = Matrix.zero(N, M);
            NetworkMetadata metadata = NetworkMetadata.of(N, M, 1);
            train(session, ceiling, new UnrolledDense(800, 3, 1).assemble("dense", phi, w, metadata));
            train(session, ceiling, new WholeImage(SIDE, 2, 32, 64, 5, 1).assemble("whole-image", phi, w, metadata));
            train(session, Math.max(ceiling, Ceilings.measure(session).gflops()),
                    new PolyphaseImage(SIDE, 4, 64, 64, 2, 1).assemble("image", phi, w, metadata));
        }
    }

    private static void measure(DeviceSession session, TrainingKernels kernels, ProductSize size, int layout,
            double ceiling) {
        MatrixView left = (layout & 1) == 0 ? MatrixView.rows(0, size.inner())
                : MatrixView.rows(0, size.rows()).transposed();
        MatrixView right = (layout & 2) == 0 ? MatrixView.rows(0, size.columns())
                : MatrixView.rows(0, size.inner()).transposed();
        MatrixProduct product = MatrixProduct.of(session.device().kind(), size, left, right,
                MatrixView.rows(0, size.columns()));
        try (DeviceBuffer a = session.zeroed(size.rows() * size.inner());
                DeviceBuffer b = session.zeroed(size.inner() * size.columns());
                DeviceBuffer c = session.zeroed(size.rows() * size.columns());
                DeviceBuffer scratch = session.buffer(product.scratchElements());
                Launches launches = product.bind(kernels, new MatrixProduct.Buffers(a, b, c), scratch,
                        MatrixProduct.Factors.ASSIGN)) {
            launches.enqueue(session.queue());
            session.queue().finish();
            report(size.rows() + "×" + size.inner() + "×" + size.columns() + ", layout " + layout,
                    size.operations() * TRIALS, ceiling, () -> {
                        for (int trial = 0; trial < TRIALS; trial++) {
                            launches.enqueue(session.queue());
                        }
                        session.queue().finish();
                    });
        }
    }

    private static void report(String what, double operations, double ceiling, Runnable work) {
        long processor = SYSTEM.getProcessCpuTime();
        long begin = System.nanoTime();
        work.run();
        double clock = System.nanoTime() - begin;
        double ofProcessor = SYSTEM.getProcessCpuTime() - processor;
        System.out.printf(Locale.ROOT, "%s: %.1f GFLOP/s, %.2f of %.1f; %.1f billion operations a second of processor"
                + " time%n", what, operations / clock, operations / clock / ceiling, ceiling, operations / ofProcessor);
    }

    private static void train(DeviceSession session, double ceiling, TrainableNetwork start) {
        BatchSource batches = new Noise();
        try (GradientTrainer trainer = new GradientTrainer(start.network(), start.trainable(),
                new GradientTrainer.Data(batches, batches),
                GradientOptions.of(100 * TRIALS).withIntervals(100 * TRIALS, 0, 100 * TRIALS), session,
                GradientProgress.SILENT)) {
            trainer.train(2);
            report("training of " + start.network().name(), (double) trainer.operationsOfStep() * TRIALS, ceiling,
                    () -> trainer.train(TRIALS));
        }
    }

    /** Batches that cost next to nothing. */
    private static final class Noise implements BatchSource {
        private final float[] noise = new float[FRAMES * N];

        Noise() {
            Random random = new Random(1);
            for (int at = 0; at < noise.length; at++) {
                noise[at] = (float) random.nextGaussian();
            }
        }

        @Override
        public int width() {
            return N;
        }

        @Override
        public int size() {
            return FRAMES;
        }

        @Override
        public int groupSize() {
            return 1;
        }

        @Override
        public void fill(long step, float[] signals, float[] weights) {
            System.arraycopy(noise, 0, signals, 0, noise.length);
            Arrays.fill(weights, 1);
        }
    }
}
