package org.reluctor.opencl.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What {@link Gemv} and {@link Gemm} share: sizes, checks, parameters and counts of a product with a tail. */
abstract class Product implements Operation {
    final int rows;
    final int columns;
    final int tokens;
    final ProductForm form;
    private final Expression expression;
    private final String file;

    Product(String name, ProductForm form, int rows, int columns, int tokens, Expression expression) {
        if (rows < 1 || columns < 1 || tokens < 1) {
            throw new IllegalArgumentException("a product of " + rows + " × " + columns + " for " + tokens + " tokens");
        }
        if (expression.outputs() == 0) {
            throw new IllegalArgumentException("the product's expression stores nothing");
        }
        this.rows = rows;
        this.columns = columns;
        this.tokens = tokens;
        this.form = form;
        this.expression = expression;
        this.file = name;
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
    public String text() {
        return form.macros() + KernelText.of(file, expression);
    }

    @Override
    public List<String> parameters() {
        List<String> parameters = new ArrayList<>(List.of("weights", "scales", "input", "rows", "columns",
                "tokens"));
        parameters.addAll(expression.names());
        return parameters;
    }

    @Override
    public List<String> floatParameters() {
        return expression.floatNames();
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
        return file + " " + format + " " + rows + "×" + columns + (tokens > 1 ? " for " + tokens + " tokens" : "")
                + ", " + (expression.terms() - 1) + " pointwise";
    }

    @Override
    public long operationsPerFrame() {
        return (long) tokens * rows * (2L * columns + expression.terms() - 1);
    }

    @Override
    public long weightBytes() {
        return (long) rows * columns * form.format().bytes();
    }
}
