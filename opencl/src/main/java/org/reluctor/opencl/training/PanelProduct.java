package org.reluctor.opencl.training;

import org.reluctor.opencl.device.DeviceBuffer;
import org.reluctor.opencl.device.Kernel;

/**
 * {@link MatrixProduct} for CPUs: A is packed into panels of {@value #TILE} rows, an item packs 48 columns of B and
 * multiplies them with all its rows. Products of few items and long sums are cut along the inner dimension.
 */
final class PanelProduct implements MatrixProduct {
    private static final int TILE = 8;
    private static final int PANELS = 3;
    /** Rows of B that an item packs at once: 36 KiB, most of a core's first cache level. */
    private static final int DEPTH = 192;
    /** Items below which work is cut further, so that no core is idle for long at the end. */
    private static final int ENOUGH_ITEMS = 16;
    private static final int LEAST_ROWS = 64;
    private static final int LEAST_INNER = 2 * DEPTH;
    private static final long[] ALONE = {1, 1, 1};

    private final ProductSize size;
    private final MatrixView left;
    private final MatrixView right;
    private final MatrixView to;
    private final int strips;
    private final int rowsOfItem;
    private final int parts;
    private final int innerOfPart;

    PanelProduct(ProductSize size, MatrixView left, MatrixView right, MatrixView to) {
        this.size = size;
        this.left = left;
        this.right = right;
        this.to = to;
        strips = ceil(size.columns(), PANELS * 16);
        int blocks = Math.max(1, Math.min(ceil(ENOUGH_ITEMS, strips * size.stack()), size.rows() / LEAST_ROWS));
        rowsOfItem = ceil(ceil(size.rows(), blocks), TILE) * TILE;
        int items = strips * size.stack() * ceil(size.rows(), rowsOfItem);
        int wanted = Math.max(1, Math.min(ceil(ENOUGH_ITEMS, items), size.inner() / LEAST_INNER));
        innerOfPart = ceil(ceil(size.inner(), wanted), DEPTH) * DEPTH;
        parts = ceil(size.inner(), innerOfPart);
    }

    private static int ceil(int count, int each) {
        return (count + each - 1) / each;
    }

    private int tiles() {
        return ceil(size.rows(), TILE);
    }

    private long packedElements() {
        return (long) size.stack() * tiles() * TILE * size.inner();
    }

    @Override
    public long scratchElements() {
        return packedElements() + (parts == 1 ? 0 : (long) size.stack() * parts * size.rows() * size.columns());
    }

    @Override
    public Launches bind(TrainingKernels kernels, Buffers buffers, DeviceBuffer scratch, Factors factors) {
        Launches launches = new Launches();
        Math.toIntExact(scratchElements());
        Kernel pack = kernels.kernel(packText(), "matrix_pack").with(buffers.left()).with(scratch).with(left.offset())
                .with(0).with(size.rows()).with(size.inner()).with(left.rowStride()).with(left.run())
                .with(left.frameStride()).with(left.stackStride());
        launches.add(pack, new long[] {tiles(), ceil(size.inner(), DEPTH), size.stack()}, ALONE);
        MatrixView target = parts == 1 ? to
                : MatrixView.rows((int) packedElements(), size.columns()).stacked(size.rows() * size.columns());
        Factors own = parts == 1 ? factors : Factors.ASSIGN;
        Kernel product = kernels.kernel(productText(), "matrix_product").with(scratch).with(buffers.right())
                .with(parts == 1 ? buffers.to() : scratch).with(0).with(size.rows()).with(size.inner())
                .with(size.columns()).with(rowsOfItem).with(parts).with(innerOfPart);
        strided(strided(product, right), target).with(own.alpha()).with(own.beta());
        launches.add(product, new long[] {strips, ceil(size.rows(), rowsOfItem), (long) size.stack() * parts}, ALONE);
        return parts == 1 ? launches : launches.add(sum(kernels, buffers.to(), scratch, factors),
                new long[] {size.rows(), size.stack()}, null);
    }

    private Kernel sum(TrainingKernels kernels, DeviceBuffer result, DeviceBuffer scratch, Factors factors) {
        Kernel sum = kernels.kernel(TrainingKernels.part("matrix_sum"), "matrix_sum").with(scratch).with(result)
                .with((int) packedElements()).with(size.rows()).with(size.columns()).with(parts);
        return strided(sum, to).with(factors.alpha()).with(factors.beta());
    }

    private static Kernel strided(Kernel kernel, MatrixView view) {
        return kernel.with(view.offset()).with(view.rowStride()).with(view.run()).with(view.frameStride())
                .with(view.stackStride());
    }

    private String packText() {
        return "#define TILE " + TILE + "\n#define TILE_ROUNDS 3\n#define DEPTH " + DEPTH + "\n"
                + TrainingKernels.part("transpose") + view("LEFT", left) + TrainingKernels.part("matrix_pack");
    }

    private String productText() {
        return "#define TILE " + TILE + "\n#define PANELS " + PANELS + "\n#define DEPTH " + DEPTH + "\n"
                + TrainingKernels.part("transpose") + view("RIGHT", right) + view("TO", MatrixView.rows(0, 1))
                + TrainingKernels.part("matrix_product");
    }

    private static String view(String prefix, MatrixView view) {
        return view.macros(prefix) + TrainingKernels.part("matrix_view").replace("OF_", prefix + "_");
    }
}
