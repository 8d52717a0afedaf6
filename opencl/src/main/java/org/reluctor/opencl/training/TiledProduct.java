package org.reluctor.opencl.training;

import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.Kernel;

/** {@link MatrixProduct} for devices whose work-groups share local memory. */
final class TiledProduct implements MatrixProduct {
    private static final int SIDE = 16;
    private static final int BLOCK = 4;
    private static final int STRETCH = 16;

    private final ProductSize size;
    private final MatrixView left;
    private final MatrixView right;
    private final MatrixView to;

    TiledProduct(ProductSize size, MatrixView left, MatrixView right, MatrixView to) {
        this.size = size;
        this.left = left;
        this.right = right;
        this.to = to;
    }

    @Override
    public long scratchElements() {
        return 0;
    }

    @Override
    public Launches bind(TrainingKernels kernels, Buffers buffers, DeviceBuffer scratch, Factors factors) {
        Kernel kernel = kernels.kernel(text(), "matrix_tiled").with(buffers.left()).with(buffers.right())
                .with(buffers.to()).with(size.rows()).with(size.inner()).with(size.columns());
        strided(strided(strided(kernel, left), right), to).with(factors.alpha()).with(factors.beta());
        return new Launches().add(kernel, new long[] {items(size.columns()), items(size.rows()), size.stack()},
                new long[] {SIDE, SIDE, 1});
    }

    private static long items(int elements) {
        int edge = SIDE * BLOCK;
        return (elements + edge - 1) / edge * (long) SIDE;
    }

    private static Kernel strided(Kernel kernel, MatrixView view) {
        return kernel.with(view.offset()).with(view.rowStride()).with(view.run()).with(view.frameStride())
                .with(view.stackStride());
    }

    private String text() {
        return "#define SIDE " + SIDE + "\n#define BLOCK " + BLOCK + "\n#define STRETCH " + STRETCH + "\n"
                + view("LEFT", left) + view("RIGHT", right) + TrainingKernels.part("matrix_tiled");
    }

    private static String view(String prefix, MatrixView view) {
        return view.macros(prefix) + TrainingKernels.part("matrix_element").replace("OF_", prefix + "_");
    }
}
