package org.reluctor.opencl.operation;

import java.util.List;

/** As {@link Fold} for FPGAs: features and elements are loops of fixed length. */
public final class PipelineFold extends PipelineOperation {
    private static final List<String> LEADING = List.of("left", "left_map", "left_features", "right", "right_map",
            "right_features");

    private final Fold.Kind kind;
    private final int features;
    private final int count;

    public PipelineFold(Fold.Kind kind, int features, int count, Expression expression) {
        super("fold_pipeline", expression, LEADING, "#define FEATURES " + features + "\n#define COUNT " + count + "\n");
        if (features < 1 || count < 1) {
            throw new IllegalArgumentException("a fold of " + count + " elements to " + features + " features");
        }
        this.kind = kind;
        this.features = features;
        this.count = count;
    }

    @Override
    String macros() {
        return super.macros() + kind.text();
    }

    @Override
    public String describe() {
        return "fold_pipeline " + features + " over " + count + ", " + tailTerms() + " pointwise";
    }

    @Override
    public long operationsPerFrame() {
        return (long) features * (2L * count + tailTerms());
    }
}
