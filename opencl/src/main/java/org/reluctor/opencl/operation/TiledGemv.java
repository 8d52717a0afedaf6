package org.reluctor.opencl.operation;

/**
 * As {@link Gemv} for a few frames, on devices where work-groups share local memory (GPUs): 16 work-items share a row's
 * columns, so that a matrix of a few hundred rows is enough to keep the device reading.
 */
public final class TiledGemv extends Product {
    /** Rows of a work-group, and work-items that share a row. */
    private static final int SIDE_ITEMS = 16;

    /** Of the form {@link KernelForm#TILED}. */
    public TiledGemv(ProductForm form, int rows, int columns, int tokens, Expression expression) {
        super("gemv_tiled", form, rows, columns, tokens, expression);
        if (form.kernel() != KernelForm.TILED) {
            throw new IllegalArgumentException("a tiled product of form " + form.kernel());
        }
    }

    @Override
    public int items() {
        return Weights.panels(rows, SIDE_ITEMS) * SIDE_ITEMS;
    }

    @Override
    public int rowsOfItems() {
        return 1;
    }

    @Override
    public int frameItems(int frames) {
        return Math.multiplyExact(frames, tokens) * SIDE_ITEMS;
    }

    @Override
    public WorkGroup workGroup() {
        return new WorkGroup(SIDE_ITEMS, SIDE_ITEMS, SIDE_ITEMS * SIDE_ITEMS / 4);
    }

    @Override
    public Batching batching() {
        return Batching.COUNT;
    }
}
