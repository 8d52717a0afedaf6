package org.reluctor.opencl.operation;

import java.util.List;

/**
 * For each feature a number folded over pairs of elements of two tensors, found through maps, then an
 * {@link Expression} on it: products of two computed matrices, and maxima. Each element is read through its map, so
 * this is for small work; products by constants are {@link Gemv} and {@link Gemm}.
 */
public final class Fold extends TailOperation {
    private static final List<String> LEADING = List.of("features", "count", "left", "left_map", "left_features",
            "right", "right_map", "right_features");

    private final Kind kind;
    private final int features;
    private final int count;

    /** What is folded. */
    public enum Kind {
        /** Σ left·right. */
        DOT("0.0f", "fma(x, y, z)", "(y) + (z)"),
        /** The largest of left; NaN where there is one. Right is not used, but must be given. */
        MAXIMUM("-INFINITY", "(x > z) ? x : ((z == z) ? ((x == x) ? z : x) : z)", "FOLD(y, z, 0)");

        private final String text;

        Kind(String start, String step, String join) {
            text = "#define FOLD_START " + start + "\n#define FOLD(z, x, y) (" + step + ")\n#define FOLD_JOIN(y, z) ("
                    + join + ")\n";
        }

        /** The macros by which kernels fold: what to start from, how an element comes in, how two folds join. */
        String text() {
            return text;
        }
    }

    public Fold(Kind kind, int features, int count, Expression expression) {
        super("fold", expression, LEADING);
        if (features < 1 || count < 1) {
            throw new IllegalArgumentException("a fold of " + count + " elements to " + features + " features");
        }
        this.kind = kind;
        this.features = features;
        this.count = count;
    }

    @Override
    String macros() {
        return kind.text;
    }

    @Override
    public List<Integer> sizes() {
        return List.of(features, count);
    }

    @Override
    public int items() {
        return (features + Pointwise.FEATURES_PER_ITEM - 1) / Pointwise.FEATURES_PER_ITEM;
    }

    @Override
    public String describe() {
        return "fold " + features + " over " + count + ", " + tailTerms() + " pointwise";
    }

    @Override
    public long operationsPerFrame() {
        return (long) features * (2L * count + tailTerms());
    }
}
