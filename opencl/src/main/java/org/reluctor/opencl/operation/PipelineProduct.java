package org.reluctor.opencl.operation;

import java.util.ArrayList;
import java.util.List;

/**
 * As {@link Gemv} for FPGAs: one work-item computes a frame, with all sizes compiled in, so that operations share a
 * kernel (and its area of the chip) only where their sizes are equal.
 */
public final class PipelineProduct extends Product {
    private static final List<String> COMPILED_IN = List.of("rows", "columns", "tokens");

    /** Of the form {@link KernelForm#PIPELINE}. */
    public PipelineProduct(ProductForm form, int rows, int columns, int tokens, Expression expression) {
        super("product_pipeline", form, rows, columns, tokens, expression);
        if (form.kernel() != KernelForm.PIPELINE) {
            throw new IllegalArgumentException("a pipeline of form " + form.kernel());
        }
    }

    @Override
    String macros() {
        return super.macros() + "#define ROWS " + rows + "\n#define COLUMNS " + columns + "\n#define TOKENS " + tokens
                + "\n#define STEPS " + Weights.panels(columns, Weights.STEP_COLUMNS) + "\n"
                + KernelText.part("pipeline");
    }

    @Override
    public List<String> parameters() {
        List<String> parameters = new ArrayList<>(super.parameters());
        parameters.removeAll(COMPILED_IN);
        return parameters;
    }

    @Override
    public List<Integer> sizes() {
        return List.of();
    }

    @Override
    public int items() {
        return 1;
    }

    @Override
    public int rowsOfItems() {
        return 1;
    }

    @Override
    public int frameItems(int frames) {
        return 1;
    }

    @Override
    public WorkGroup workGroup() {
        return WorkGroup.ONE;
    }

    @Override
    public Batching batching() {
        return Batching.SINGLE;
    }
}
