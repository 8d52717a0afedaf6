package org.reluctor.opencl.operation;

import org.reluctor.opencl.device.Kernel;
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
    Launch launch(Kernel kernel) {
        return form == KernelForm.PANEL
                ? Launch.ofSingles(kernel, Layout.GROUPS, Weights.panels(rows, Weights.PANEL_ROWS), tokens, 1)
                : Launch.ofItems(kernel, Layout.GROUPS, Layout.GROUPS.framesPerGroup(), (long) rows * tokens, 1);
    }
}
