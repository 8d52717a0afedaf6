package org.reluctor.opencl.operation;

/**
 * As {@link Gemv} for many frames or tokens, on devices where work-groups share local memory (GPUs): each computes a
 * tile of rows by samples (tokens of frames) and reads the weights of its rows once for all of them.
 */
public final class TiledGemm extends Product {
    /** Work-items along each side of a work-group. */
    private static final int SIDE_ITEMS = 16;
    /** Columns that are held in local memory at a time. */
    private static final int STRETCH = 16;
    /** From so many rows on, the arithmetic that larger tiles save is more than what they waste at the edges. */
    private static final int LARGE_FROM_ROWS = 128;

    private final int block;

    /** Of the form {@link KernelForm#TILED}. */
    public TiledGemm(ProductForm form, int rows, int columns, int tokens, Expression expression) {
        super("gemm_tiled", form, rows, columns, tokens, expression);
        if (form.kernel() != KernelForm.TILED) {
            throw new IllegalArgumentException("a tiled product of form " + form.kernel());
        }
        block = rows < LARGE_FROM_ROWS ? 4 : 8;
    }

    private int side() {
        return SIDE_ITEMS * block;
    }

    @Override
    String macros() {
        return super.macros() + "#define BLOCK " + block + "\n";
    }

    @Override
    public int items() {
        return Weights.panels(rows, side()) * SIDE_ITEMS;
    }

    @Override
    public int rowsOfItems() {
        return 1;
    }

    @Override
    public int frameItems(int frames) {
        return Weights.panels(Math.multiplyExact(frames, tokens), side()) * SIDE_ITEMS;
    }

    @Override
    public WorkGroup workGroup() {
        // Weights, and samples with four floats more a column.
        return new WorkGroup(SIDE_ITEMS, SIDE_ITEMS, STRETCH * (2 * side() + 4) / 4);
    }

    @Override
    public Batching batching() {
        return Batching.COUNT;
    }
}
