package org.reluctor.engine.lowering;

import java.util.Arrays;
import org.reluctor.opencl.operation.Access;

/**
 * What a step's pointwise tail reads besides the product.
 *
 * @param access   how
 * @param tensor   for {@link Access#FRAME} and {@link Access#MAPPED}, otherwise null
 * @param constant for {@link Access#FEATURE} one element a feature, for {@link Access#SCALAR} one, otherwise null
 * @param map      for {@link Access#MAPPED}, otherwise null
 */
public record Operand(Access access, Tensor tensor, float[] constant, int[] map) {
    static Operand frame(Tensor tensor) {
        return new Operand(Access.FRAME, tensor, null, null);
    }

    static Operand mapped(Tensor tensor, int[] map) {
        return new Operand(Access.MAPPED, tensor, null, map);
    }

    static Operand scalar(float number) {
        return new Operand(Access.SCALAR, null, new float[] {number}, null);
    }

    /** For each feature the element of {@code constant} that {@code elements} names; shared where that is all of it. */
    static Operand feature(float[] constant, int[] elements) {
        if (constant.length == elements.length && View.isIdentity(elements)) {
            return new Operand(Access.FEATURE, null, constant, null);
        }
        float[] expanded = new float[elements.length];
        for (int i = 0; i < expanded.length; i++) {
            expanded[i] = constant[elements[i]];
        }
        return new Operand(Access.FEATURE, null, expanded, null);
    }

    /** Whether the other operand reads the same. */
    boolean sameAs(Operand other) {
        return access == other.access && tensor == other.tensor && Arrays.equals(constant, other.constant)
                && Arrays.equals(map, other.map);
    }
}
