package org.reluctor.opencl.operation;

import org.reluctor.opencl.device.Kernel;
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
    Launch launch(Kernel kernel) {
        return form == KernelForm.PANEL
                ? Launch.ofSingles(kernel, Layout.FRAMES, Weights.panels(rows, Weights.PANEL_ROWS), tokens, 1)
                : Launch.ofItems(kernel, Layout.FRAMES, rows, tokens, 1);
    }
}
