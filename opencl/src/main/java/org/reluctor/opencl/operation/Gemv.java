package org.reluctor.opencl.operation;


/**
 * z = W·x for every token of every frame, then an {@link Expression} on every z; {@link Layout#FRAMES}. x is
 * [frame][token][column], z [frame][token][row], W [row][column], packed by {@link Weights}. Every frame reads W anew:
 * for a few frames.
 */
public final class Gemv extends Product {
    /** Rows that one item of the sparse form computes: enough that finding the columns that count is a small part. */
    private static final int SPARSE_ROWS = 8 * Weights.PANEL_ROWS;

    public Gemv(ProductForm form, int rows, int columns, int tokens, Expression expression) {
        super(Layout.FRAMES, file(form), access(Layout.FRAMES), form, rows, columns, tokens, expression);
    }

    private static String file(ProductForm form) {
        return form.kernel() == KernelForm.PLAIN ? "gemv_plain" : form.sparse() ? "gemv_sparse" : "gemv_panel";
    }

    @Override
    public int items() {
        if (form.kernel() == KernelForm.PLAIN) {
            return rows;
        }
        return Weights.panels(rows, form.sparse() ? SPARSE_ROWS : Weights.PANEL_ROWS);
    }

    @Override
    public int rowsOfItems() {
        return tokens;
    }
}
