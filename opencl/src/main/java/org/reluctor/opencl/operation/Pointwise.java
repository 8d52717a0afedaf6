package org.reluctor.opencl.operation;

import java.util.ArrayList;
import java.util.List;

/** An {@link Expression} on every feature of every frame, without a product before it. One form serves all devices. */
public final class Pointwise implements Operation {
    private static final int FEATURES_PER_ITEM = 16;

    private final Layout layout;
    private final int features;
    private final Expression expression;

    public Pointwise(Layout layout, int features, Expression expression) {
        if (features < 1 || expression.outputs() == 0) {
            throw new IllegalArgumentException("pointwise work on " + features + " features that stores "
                    + expression.outputs() + " results");
        }
        this.layout = layout;
        this.features = features;
        this.expression = expression;
    }

    @Override
    public String text() {
        return KernelText.of(layout == Layout.FRAMES ? "pointwise_frames" : "pointwise_groups", expression);
    }

    @Override
    public List<String> parameters() {
        List<String> parameters = new ArrayList<>(List.of("features"));
        parameters.addAll(expression.names());
        return parameters;
    }

    @Override
    public List<String> floatParameters() {
        return expression.floatNames();
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
    public int rowsOfItems() {
        return 1;
    }

    @Override
    public Layout layout() {
        return layout;
    }

    @Override
    public boolean isCoarse() {
        return false;
    }

    @Override
    public String describe() {
        return "pointwise " + features + ", " + expression.terms() + " terms";
    }

    @Override
    public long operationsPerFrame() {
        return (long) features * expression.terms();
    }

    @Override
    public long weightBytes() {
        return 0;
    }
}
