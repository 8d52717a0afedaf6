package org.reluctor.opencl.operation;

import org.reluctor.opencl.tuning.KernelForm;

/**
 * z = W·x for every token of every frame, then an {@link Expression} on every z; {@link Layout#GROUPS}. Shapes as
 * {@link Gemv} with the frames in groups of 16; every group reads W once.
 */
public final class Gemm extends Product {
    public Gemm(KernelForm form, int rows, int columns, int tokens, Expression expression) {
        super("gemm", form, rows, columns, tokens, expression);
    }

    @Override
    public int items() {
        return form == KernelForm.PANEL ? Weights.panels(rows, Weights.PANEL_ROWS) : Layout.GROUPS.framesPerGroup();
    }

    @Override
    public int rowsOfItems() {
        return form == KernelForm.PANEL ? tokens : Math.multiplyExact(rows, tokens);
    }

    @Override
    public Layout layout() {
        return Layout.GROUPS;
    }
}
