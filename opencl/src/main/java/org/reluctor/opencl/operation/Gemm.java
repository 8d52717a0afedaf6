package org.reluctor.opencl.operation;


/**
 * z = W·x for every token of every frame, then an {@link Expression} on every z; {@link Layout#GROUPS}. Shapes as
 * {@link Gemv} with the frames in groups of 16; every group reads W once.
 */
public final class Gemm extends Product {
    public Gemm(ProductForm form, int rows, int columns, int tokens, Expression expression) {
        super(Layout.GROUPS, form.kernel() == KernelForm.PLAIN ? "gemm_plain" : "gemm_panel",
                form.kernel() == KernelForm.PLAIN ? "access_lanes" : access(Layout.GROUPS), form, rows, columns, tokens,
                expression);
    }

    @Override
    public int items() {
        return form.kernel() == KernelForm.PLAIN ? Layout.GROUPS.framesPerGroup()
                : Weights.panels(rows, Weights.PANEL_ROWS);
    }

    @Override
    public int rowsOfItems() {
        return form.kernel() == KernelForm.PLAIN ? Math.multiplyExact(rows, tokens) : tokens;
    }
}
