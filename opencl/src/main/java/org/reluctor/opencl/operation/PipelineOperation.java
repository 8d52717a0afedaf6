package org.reluctor.opencl.operation;

import java.util.List;

/** What pointwise work and folds of the pipeline form share: one work-item for a frame, all sizes compiled in. */
abstract class PipelineOperation extends TailOperation {
    private final String macros;

    /** {@code macros} define the sizes. */
    PipelineOperation(String file, Expression expression, List<String> leading, String macros) {
        super(file, expression, leading);
        this.macros = macros;
    }

    @Override
    String macros() {
        return macros + KernelText.part("pipeline");
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
