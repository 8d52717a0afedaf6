package org.reluctor.engine.lowering;

import java.util.Arrays;
import org.reluctor.network.Movement;
import org.reluctor.opencl.operation.Access;

/**
 * What a step's pointwise tail reads besides the product.
 *
 * @param access   how
 * @param tensor   for {@link Access#FRAME} and {@link Access#MAPPED}, otherwise null
 * @param constant for {@link Access#FEATURE} one element a feature, for {@link Access#PERIODIC} one a feature of the
 *                 first period and some again, for {@link Access#SCALAR} one, otherwise null
 * @param map      for {@link Access#MAPPED}, otherwise null
 */
public record Operand(Access access, Tensor tensor, float[] constant, int[] map) {
    /** Features that a vector of the device reads. */
    private static final int VECTOR = 16;

    static Operand frame(Tensor tensor) {
        return new Operand(Access.FRAME, tensor, null, null);
    }

    static Operand mapped(Tensor tensor, int[] map) {
        return new Operand(Access.MAPPED, tensor, null, map);
    }

    static Operand scalar(float number) {
        return new Operand(Access.SCALAR, null, new float[] {number}, null);
    }

    /**
     * For each feature the element of {@code constant} that {@code elements} names, or zero; shared where that is all
     * of it.
     *
     * @param period features after which the elements may repeat, 0 for none
     */
    static Operand constant(float[] constant, int[] elements, int period) {
        if (constant.length == elements.length && View.isIdentity(elements)) {
            return new Operand(Access.FEATURE, null, constant, null);
        }
        int[] repeated = period == 0 ? null : repeated(elements, period);
        if (repeated != null) {
            int[] wrapped = new int[period + VECTOR - 1];
            Arrays.setAll(wrapped, at -> repeated[at % period]);
            return new Operand(Access.PERIODIC, null, chosen(constant, wrapped), null);
        }
        return new Operand(Access.FEATURE, null, chosen(constant, elements), null);
    }

    /** The elements of the first period, if all others repeat them, wherever they are. */
    private static int[] repeated(int[] elements, int period) {
        int[] first = new int[period];
        Arrays.fill(first, Movement.NOWHERE);
        for (int at = 0; at < elements.length; at++) {
            int known = first[at % period];
            if (elements[at] == Movement.NOWHERE) {
                continue;
            }
            if (known != Movement.NOWHERE && known != elements[at]) {
                return null;
            }
            first[at % period] = elements[at];
        }
        return first;
    }

    private static float[] chosen(float[] constant, int[] elements) {
        float[] chosen = new float[elements.length];
        for (int at = 0; at < chosen.length; at++) {
            chosen[at] = elements[at] == Movement.NOWHERE ? 0 : constant[elements[at]];
        }
        return chosen;
    }

    /** For {@link Access#PERIODIC}, features after which the constant begins again. */
    public int period() {
        return constant.length - (VECTOR - 1);
    }

    /** Whether the other operand reads the same. */
    boolean sameAs(Operand other) {
        return access == other.access && tensor == other.tensor && Arrays.equals(constant, other.constant)
                && Arrays.equals(map, other.map);
    }
}
