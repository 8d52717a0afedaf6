package org.reluctor.engine.lowering;

import java.util.Arrays;
import java.util.List;
import org.reluctor.network.Movement;
import org.reluctor.opencl.operation.Access;

/**
 * What a step's pointwise tail reads besides the product.
 *
 * @param access   how
 * @param tensors  one for {@link Access#FRAME} and {@link Access#MAPPED}, any number for {@link Access#JOINED}
 * @param constant for {@link Access#FEATURE} one element a feature, for {@link Access#PERIODIC} one a feature of the
 *                 first period and some again, for {@link Access#SCALAR} one, for {@link Access#JOINED} what features
 *                 of no tensor read, otherwise null
 * @param map      for {@link Access#MAPPED} and {@link Access#JOINED} the place that each feature reads, otherwise null
 * @param parts    for {@link Access#JOINED} the tensor, by its index, in which that place is, or {@link #CONSTANT},
 *                 otherwise null
 */
public record Operand(Access access, List<Tensor> tensors, float[] constant, int[] map, int[] parts) {
    /** The part of a feature that reads {@link #constant}. */
    public static final int CONSTANT = -1;
    /** Features that a vector of the device reads. */
    private static final int VECTOR = 16;

    static Operand frame(Tensor tensor) {
        return new Operand(Access.FRAME, List.of(tensor), null, null, null);
    }

    static Operand mapped(Tensor tensor, int[] map) {
        return new Operand(Access.MAPPED, List.of(tensor), null, map, null);
    }

    private static Operand constant(Access access, float[] elements) {
        return new Operand(access, List.of(), elements, null, null);
    }

    /** The only tensor. */
    public Tensor tensor() {
        return tensors.get(0);
    }

    static Operand scalar(float number) {
        return constant(Access.SCALAR, new float[] {number});
    }

    /**
     * For each feature the element of {@code constant} that {@code elements} names, or zero; shared where that is all
     * of it.
     *
     * @param period features after which the elements may repeat, 0 for none
     */
    static Operand constant(float[] constant, int[] elements, int period) {
        if (constant.length == elements.length && View.isIdentity(elements)) {
            return constant(Access.FEATURE, constant);
        }
        int[] repeated = period == 0 ? null : repeated(elements, period);
        if (repeated != null) {
            int[] wrapped = new int[period + VECTOR - 1];
            Arrays.setAll(wrapped, at -> repeated[at % period]);
            return constant(Access.PERIODIC, chosen(constant, wrapped));
        }
        return constant(Access.FEATURE, chosen(constant, elements));
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
        return access == other.access && tensors.equals(other.tensors) && Arrays.equals(constant, other.constant)
                && Arrays.equals(map, other.map) && Arrays.equals(parts, other.parts);
    }
}
