package org.reluctor.opencl.operation;

import java.util.List;

/** As {@link Pointwise} for FPGAs: a loop over all features of a frame, their number compiled in. */
public final class PipelinePointwise extends PipelineOperation {
    private final int features;

    public PipelinePointwise(int features, Expression expression) {
        super("pointwise_pipeline", expression, List.of(), "#define FEATURES " + features + "\n");
        if (features < 1) {
            throw new IllegalArgumentException("pointwise work on " + features + " features");
        }
        this.features = features;
    }

    @Override
    public String describe() {
        return "pointwise_pipeline " + features + ", " + (tailTerms() + 1) + " terms";
    }

    @Override
    public long operationsPerFrame() {
        return (long) features * (tailTerms() + 1);
    }
}
