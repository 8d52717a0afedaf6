package org.reluctor.opencl.operation;

import java.util.List;
import java.util.Locale;

/** What {@link Gemv} and {@link Gemm} share: sizes, checks and counts of a product. */
public abstract class Product extends TailOperation {
    private static final List<String> LEADING = List.of("weights", "scales", "input", "rows", "columns", "tokens");

    final int rows;
    final int columns;
    final int tokens;
    final ProductForm form;

    Product(String file, ProductForm form, int rows, int columns, int tokens, Expression expression) {
        super(file, expression, LEADING);
        if (rows < 1 || columns < 1 || tokens < 1) {
            throw new IllegalArgumentException("a product of " + rows + " × " + columns + " for " + tokens + " tokens");
        }
        this.rows = rows;
        this.columns = columns;
        this.tokens = tokens;
        this.form = form;
    }

    /**
     * Bound of |z − Σ W·x| / Σ|W||x| for any order of summation in float32 (Higham, Accuracy and Stability of
     * Numerical Algorithms, section 3.1: γ_n with n = columns, u = 2⁻²⁴).
     */
    public static double errorBound(int columns) {
        double nu = columns * 0x1p-24;
        return nu / (1 - nu);
    }

    @Override
    String macros() {
        return form.macros();
    }

    @Override
    public List<Integer> sizes() {
        return List.of(rows, columns, tokens);
    }

    @Override
    public boolean isCoarse() {
        return form.kernel() == KernelForm.PANEL;
    }

    @Override
    public String describe() {
        String format = form.format().name().toLowerCase(Locale.ROOT);
        return file() + " " + format + " " + rows + "×" + columns + (tokens > 1 ? " for " + tokens + " tokens" : "")
                + ", " + tailTerms() + " pointwise";
    }

    @Override
    public long operationsPerFrame() {
        return (long) tokens * rows * (2L * columns + tailTerms());
    }

    @Override
    public long weightBytes() {
        return (long) rows * columns * form.format().bytes();
    }
}
