package org.reluctor.engine.lowering;

/**
 * The constant matrix of a product, W [rows][columns]. Factors of one file constant share its array, so that a device
 * holds it once, whatever it is applied to.
 *
 * @param elements   W row-major, or Wᵀ
 * @param rows       results of a token
 * @param columns    elements of a token
 * @param transposed whether {@code elements} hold Wᵀ
 * @param tokens     products of a frame with the same W
 * @param sparse     whether what it is applied to is zero in most places, and every weight finite; formats
 *                   that would make one infinite are refused
 */
public record MatrixFactor(float[] elements, int rows, int columns, boolean transposed, int tokens, boolean sparse)
        implements Core {
}
