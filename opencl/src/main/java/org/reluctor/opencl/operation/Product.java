package org.reluctor.opencl.operation;

import org.reluctor.opencl.device.Kernel;
import org.reluctor.opencl.tuning.KernelForm;

/** What {@link Gemv} and {@link Gemm} share: sizes, checks, arguments and counts of a product with a tail. */
abstract class Product implements Operation {
    final int rows;
    final int columns;
    final int tokens;
    final KernelForm form;
    private final Expression expression;
    private final String file;

    Product(String name, KernelForm form, int rows, int columns, int tokens, Expression expression) {
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
        this.file = name + (form == KernelForm.PANEL ? "_panel" : "_plain");
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
        return KernelText.of(file, expression);
    }

    @Override
    public Launch launch(Kernel kernel, Arguments arguments) {
        kernel.with(arguments.weights()).with(arguments.input()).with(rows).with(columns).with(tokens);
        arguments.bindTail(kernel, expression);
        return launch(kernel);
    }

    abstract Launch launch(Kernel kernel);

    @Override
    public String describe() {
        return file + " " + rows + "×" + columns + (tokens > 1 ? " for " + tokens + " tokens" : "") + ", "
                + (expression.terms() - 1) + " pointwise";
    }

    @Override
    public long operationsPerFrame() {
        return (long) tokens * rows * (2L * columns + expression.terms() - 1);
    }

    @Override
    public long weightBytes() {
        return (long) rows * columns * Float.BYTES;
    }
}
