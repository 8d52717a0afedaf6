package org.reluctor.opencl.operation;

/**
 * What {@link Gemv} computes, for tiles of {@value #TILE} tokens, whichever frames they belong to: a tile reads W once.
 * For batches, and for frames of many tokens.
 */
public final class Gemm extends Product {
    /** Tokens of a tile. Their sums with {@link #TILE_PANELS} panels are 24 vectors of 16: AVX-512 has 32 registers. */
    public static final int TILE = 8;
    private static final int TILE_PANELS = 3;

    private final int framesPerItem;

    /**
     * The product in the panel form.
     *
     * @param framesPerItem frames whose tokens may share a tile: {@value #TILE} for batches, 1 for single frames
     */
    public Gemm(ProductForm form, int rows, int columns, int tokens, int framesPerItem, Expression expression) {
        super("gemm_panel", form, rows, columns, tokens, expression);
        if (form.kernel() != KernelForm.PANEL) {
            throw new IllegalArgumentException("tiles of tokens need the panel form");
        }
        this.framesPerItem = framesPerItem;
    }

    @Override
    String macros() {
        return "#define TILE " + TILE + "\n#define TILE_PANELS " + TILE_PANELS + "\n" + super.macros();
    }

    @Override
    public int framesPerItem() {
        return framesPerItem;
    }

    @Override
    public int items() {
        return Weights.panels(rows, TILE_PANELS * Weights.PANEL_ROWS);
    }

    @Override
    public int rowsOfItems() {
        return Weights.panels(Math.multiplyExact(framesPerItem, tokens), TILE);
    }
}
