package org.reluctor.opencl.operation;

import org.reluctor.opencl.tuning.KernelForm;

/**
 * z = W·x for every token of every frame, then an {@link Expression} on every z; {@link Layout#FRAMES}. x is
 * [frame][token][column], z [frame][token][row], W [row][column], packed by {@link Weights}. Every frame reads W anew:
 * for a few frames.
 */
public final class Gemv extends Product {
    public Gemv(KernelForm form, int rows, int columns, int tokens, Expression expression) {
        super("gemv", form, rows, columns, tokens, expression);
    }

    @Override
    public int items() {
        return form == KernelForm.PANEL ? Weights.panels(rows, Weights.PANEL_ROWS) : rows;
    }

    @Override
    public int rowsOfItems() {
        return tokens;
    }

    @Override
    public Layout layout() {
        return Layout.FRAMES;
    }
}
