package org.reluctor.opencl.operation;

import java.util.List;

/** An {@link Expression} on every feature of every frame, without a product before it. One form serves all devices. */
public final class Pointwise extends TailOperation {
    /** Features that an item of pointwise work computes. */
    static final int FEATURES_PER_ITEM = 16;

    private final int features;

    public Pointwise(int features, Expression expression) {
        super("pointwise", expression, List.of("features"));
        if (features < 1) {
            throw new IllegalArgumentException("pointwise work on " + features + " features");
        }
        this.features = features;
    }

    @Override
    public List<Integer> sizes() {
        return List.of(features);
    }

    @Override
    public int items() {
        return (features + FEATURES_PER_ITEM - 1) / FEATURES_PER_ITEM;
    }

    @Override
    public String describe() {
        return "pointwise " + features + ", " + (tailTerms() + 1) + " terms";
    }

    @Override
    public long operationsPerFrame() {
        return (long) features * (tailTerms() + 1);
    }
}
