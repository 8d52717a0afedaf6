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
 * of dense and convolutional networks, these in turns with the ceiling's arithmetic. Beside the share by the clock
 * stands what one processor did in a second of its time, which others on the machine change less.
 */
public final class BenchTraining {
    private static final int[][] SIZES = {{512, 512, 512}, {1024, 1024, 1024}, {256, 800, 784}, {64, 192, 4352},
        {64, 4352, 192}, {784, 4096, 784}};
    private static final int TRIALS = 20;
    private static final int ROUNDS = 8;
    private static final int FRAMES = 256;
    private static final int SIDE = 28;
    private static final int N = SIDE * SIDE;
    private static final int M = 98;
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private BenchTraining() {
    }

    /** Prints a line for training of each network and, without the argument {@code networks}, a product and layout. */
    public static void main(String[] args) {
        boolean networks = args.length > 0 && args[0].equals("networks");
        try (DeviceSession session = TestDevice.open(Path.of("target", "kernel-cache"));
                TrainingKernels kernels = new TrainingKernels(session)) {
            double ceiling = networks ? 0 : Ceilings.measure(session).gflops();
            for (int[] size : networks ? new int[0][] : SIZES) {
                for (int layout = 0; layout < 4; layout++) {
                    measure(session, kernels, new ProductSize(size[0], size[1], size[2], 1), layout, ceiling);
                }
            }
            MeasurementMatrix phi = MeasurementMatrix.sparseBinary(M, N, 4, 1);
            Matrix w = Matrix.zero(N, M);
            NetworkMetadata metadata = NetworkMetadata.of(N, M, 1);
            train(session, new UnrolledDense(800, 3, 1).assemble("dense", phi, w, metadata));
            train(session, new WholeImage(SIDE, 2, 32, 64, 5, 1).assemble("whole-image", phi, w, metadata));
            train(session, new PolyphaseImage(SIDE, 4, 64, 64, 2, 1).assemble("image", phi, w, metadata));
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
        Rate rate = Rate.of(operations, work);
        System.out.printf(Locale.ROOT, "%s: %.1f GFLOP/s, %.2f of %.1f; %.1f billion operations a second of processor"
                + " time%n", what, rate.byClock(), rate.byClock() / ceiling, ceiling, rate.byProcessor());
    }

    /** In turns with the device's arithmetic, so that what others do to the machine falls on both; the best of each. */
    private static void train(DeviceSession session, TrainableNetwork start) {
        BatchSource batches = new Noise();
        try (GradientTrainer trainer = new GradientTrainer(start.network(), start.trainable(),
                new GradientTrainer.Data(batches, batches),
                GradientOptions.of(100 * TRIALS).withIntervals(100 * TRIALS, 0, 100 * TRIALS), session,
                GradientProgress.SILENT); Ceilings.Work most = Ceilings.arithmetic(session)) {
            trainer.train(2);
            Rate ceiling = Rate.NONE;
            Rate training = Rate.NONE;
            int pieces = (int) Math.ceil(TRIALS * trainer.operationsOfStep() / most.operations() / 4);
            for (int round = 0; round < ROUNDS; round++) {
                ceiling = ceiling.best(Rate.of(pieces * most.operations(), () -> {
                    for (int piece = 0; piece < pieces; piece++) {
                        most.enqueue().run();
                    }
                    session.queue().finish();
                }));
                training = training.best(Rate.of((double) trainer.operationsOfStep() * TRIALS,
                        () -> trainer.train(TRIALS)));
            }
            System.out.printf(Locale.ROOT, "training of %s: %.1f GFLOP/s, %.2f of %.1f; %.1f billion operations a"
                    + " second of processor time, %.2f of %.1f%n", start.network().name(), training.byClock(),
                    training.byClock() / ceiling.byClock(), ceiling.byClock(), training.byProcessor(),
                    training.byProcessor() / ceiling.byProcessor(), ceiling.byProcessor());
        }
    }

    /** Billions of operations a second, of the clock and of the processors' time. */
    private record Rate(double byClock, double byProcessor) {
        static final Rate NONE = new Rate(0, 0);

        static Rate of(double operations, Runnable work) {
            long processor = SYSTEM.getProcessCpuTime();
            long begin = System.nanoTime();
            work.run();
            double clock = System.nanoTime() - begin;
            return new Rate(operations / clock, operations / (SYSTEM.getProcessCpuTime() - processor));
        }

        /** The greater of each. */
        Rate best(Rate other) {
            return new Rate(Math.max(byClock, other.byClock), Math.max(byProcessor, other.byProcessor));
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
