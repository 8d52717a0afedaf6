package org.reluctor.opencl.operation;


/**
 * z = W·x for every token of every frame, then an {@link Expression} on every z. x is [frame][token][column],
 * z [frame][token][row], W [row][column], packed by {@link Weights}. Every token reads W anew: for single frames of one
 * token.
 */
public final class Gemv extends Product {
    /** Rows that one item of the sparse form computes: enough that finding the columns that count is a small part. */
    private static final int SPARSE_ROWS = 8 * Weights.PANEL_ROWS;

    /** The product in any form. */
    public Gemv(ProductForm form, int rows, int columns, int tokens, Expression expression) {
        super(file(form), form, rows, columns, tokens, expression);
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
