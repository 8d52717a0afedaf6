package org.reluctor.opencl.operation;

import java.util.ArrayList;
import java.util.List;

/**
 * For each feature a number folded over pairs of elements of two tensors, found through maps, then an
 * {@link Expression} on it: products of two computed matrices, and maxima. Each element is read through its map, so
 * this is for small work; products by constants are {@link Gemv} and {@link Gemm}.
 */
public final class Fold implements Operation {
    private static final int FEATURES_PER_ITEM = 16;

    private final Layout layout;
    private final Kind kind;
    private final int features;
    private final int count;
    private final Expression expression;

    /** What is folded. */
    public enum Kind {
        /** Σ left·right. */
        DOT("0.0f", "fma(x, y, z)"),
        /** The largest of left; NaN where there is one. Right is not used, but must be given. */
        MAXIMUM("-INFINITY", "(x > z) ? x : ((z == z) ? ((x == x) ? z : x) : z)");

        private final String text;

        Kind(String start, String step) {
            text = "#define FOLD_START " + start + "\n#define FOLD(z, x, y) (" + step + ")\n";
        }
    }

    public Fold(Layout layout, Kind kind, int features, int count, Expression expression) {
        if (features < 1 || count < 1 || expression.outputs() == 0) {
            throw new IllegalArgumentException("a fold of " + count + " elements to " + features + " features that"
                    + " stores " + expression.outputs() + " results");
        }
        this.layout = layout;
        this.kind = kind;
        this.features = features;
        this.count = count;
        this.expression = expression;
    }

    @Override
    public String text() {
        return kind.text + KernelText.of(layout == Layout.FRAMES ? "fold_frames" : "fold_groups", expression);
    }

    @Override
    public List<String> parameters() {
        List<String> parameters = new ArrayList<>(List.of("features", "count", "left", "left_map", "left_features",
                "right", "right_map", "right_features"));
        parameters.addAll(expression.names());
        return parameters;
    }

    @Override
    public List<String> floatParameters() {
        return expression.floatNames();
    }

    @Override
    public List<Integer> sizes() {
        return List.of(features, count);
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
        return "fold " + features + " over " + count + ", " + (expression.terms() - 1) + " pointwise";
    }

    @Override
    public long operationsPerFrame() {
        return (long) features * (2L * count + expression.terms() - 1);
    }

    @Override
    public long weightBytes() {
        return 0;
    }
}
