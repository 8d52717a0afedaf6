package org.reluctor.devicetests.peers;

import java.nio.file.Path;
import java.util.Locale;
import org.reluctor.devicetests.TestDevice;
import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.DeviceSession;
import org.reluctor.opencl.training.Launches;
import org.reluctor.opencl.training.MatrixProduct;
import org.reluctor.opencl.training.MatrixView;
import org.reluctor.opencl.training.ProductSize;
import org.reluctor.opencl.training.TrainingKernels;

/** Measures the products of training against the device's ceiling, which is taken before and after. */
public final class BenchTraining {
    private static final int[][] SIZES = {{512, 512, 512}, {1024, 1024, 1024}, {256, 512, 512}, {64, 192, 4352},
        {64, 4352, 192}, {784, 4096, 784}};
    private static final int TRIALS = 20;

    private BenchTraining() {
    }

    /** Prints one line a size and layout: GFLOP/s and the share of the ceiling. */
    public static void main(String[] args) {
        try (DeviceSession session = TestDevice.open(Path.of("target", "kernel-cache"));
                TrainingKernels kernels = new TrainingKernels(session)) {
            for (int[] size : SIZES) {
                for (int form = 0; form < 4; form++) {
                    measure(session, kernels, new ProductSize(size[0], size[1], size[2], 1), form);
                }
            }
        }
    }

    private static void measure(DeviceSession session, TrainingKernels kernels, ProductSize size, int form) {
        MatrixView left = (form & 1) == 0 ? MatrixView.rows(0, size.inner())
                : MatrixView.rows(0, size.rows()).transposed();
        MatrixView right = (form & 2) == 0 ? MatrixView.rows(0, size.columns())
                : MatrixView.rows(0, size.inner()).transposed();
        MatrixProduct product = MatrixProduct.of(session.device().kind(), size, left, right,
                MatrixView.rows(0, size.columns()));
        Ceilings ceiling = Ceilings.measure(session);
        try (DeviceBuffer a = session.zeroed(size.rows() * size.inner());
                DeviceBuffer b = session.zeroed(size.inner() * size.columns());
                DeviceBuffer c = session.zeroed(size.rows() * size.columns());
                DeviceBuffer scratch = session.buffer(product.scratchElements());
                Launches launches = product.bind(kernels, new MatrixProduct.Buffers(a, b, c), scratch,
                        MatrixProduct.Factors.ASSIGN)) {
            double fastest = Double.POSITIVE_INFINITY;
            for (int trial = 0; trial < TRIALS; trial++) {
                long begin = System.nanoTime();
                launches.enqueue(session.queue());
                session.queue().finish();
                fastest = Math.min(fastest, System.nanoTime() - begin);
            }
            double gflops = size.operations() / fastest;
            System.out.printf(Locale.ROOT, "%d×%d×%d form %d: %.1f GFLOP/s, %.2f of %.1f%n", size.rows(), size.inner(),
                    size.columns(), form, gflops, gflops / ceiling.gflops(), ceiling.gflops());
        }
    }
}
