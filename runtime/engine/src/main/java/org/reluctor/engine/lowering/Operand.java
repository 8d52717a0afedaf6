package org.reluctor.engine.lowering;

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

    static Operand constant(float[] elements) {
        return new Operand(elements.length == 1 ? Access.SCALAR : Access.FEATURE, null, elements, null);
    }
}
