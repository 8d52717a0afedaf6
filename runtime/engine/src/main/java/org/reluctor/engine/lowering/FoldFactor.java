package org.reluctor.engine.lowering;

import org.reluctor.opencl.operation.Fold;

/**
 * What a step folds before its pointwise tail.
 *
 * @param kind     how
 * @param count    pairs of each result
 * @param left     first of each pair
 * @param leftMap  [result][count], places in {@code left}
 * @param right    second of each pair
 * @param rightMap [result][count], places in {@code right}
 */
public record FoldFactor(Fold.Kind kind, int count, Tensor left, int[] leftMap, Tensor right, int[] rightMap)
        implements Core {
}
