package org.reluctor.learn.gradient;

import java.util.Arrays;
import java.util.List;
import org.reluctor.network.Broadcasting;

/** Dimensions that meet as numpy's do: aligned at the last, a 1 stretches. */
public final class Stretching {
    private Stretching() {
    }

    /** What all stretch to. */
    static int[] dims(Tensor... tensors) {
        int rank = Arrays.stream(tensors).mapToInt(Tensor::rank).max().orElse(0);
        int[] dims = new int[rank];
        Arrays.fill(dims, 1);
        for (Tensor tensor : tensors) {
            for (int axis = 0; axis < tensor.rank(); axis++) {
                int at = axis + rank - tensor.rank();
                dims[at] = dims[at] == 1 ? tensor.dim(axis) : dims[at];
            }
        }
        return dims;
    }

    /**
     * Loops over all elements with as few axes as will do: axes are joined where every tensor goes on evenly.
     *
     * @param dims    of the joined axes, outermost first
     * @param strides for each tensor, how far a step along each of them goes
     */
    public record Loops(int[] dims, int[][] strides) {
    }

    /** The loops over all elements of those dimensions, for tensors that stretch to them. */
    public static Loops loops(int[] dims, List<Tensor> tensors) {
        int[][] strides = tensors.stream()
                .map(tensor -> Broadcasting.strides(tensor.dims(), dims)).toArray(int[][]::new);
        int[] joined = new int[Math.max(1, dims.length)];
        int[][] steps = new int[tensors.size()][joined.length];
        Arrays.fill(joined, 1);
        int last = joined.length - 1;
        boolean first = true;
        for (int axis = dims.length - 1; axis >= 0; axis--) {
            if (dims[axis] == 1) {
                continue;
            }
            if (!first && !goesOn(strides, steps, axis, last, joined[last])) {
                last--;
                first = true;
            }
            for (int at = 0; at < steps.length && first; at++) {
                steps[at][last] = strides[at][axis];
            }
            first = false;
            joined[last] *= dims[axis];
        }
        int from = last;
        return new Loops(Arrays.copyOfRange(joined, from, joined.length),
                Arrays.stream(steps).map(step -> Arrays.copyOfRange(step, from, step.length)).toArray(int[][]::new));
    }

    private static boolean goesOn(int[][] strides, int[][] steps, int axis, int last, int length) {
        for (int at = 0; at < strides.length; at++) {
            if (strides[at][axis] != steps[at][last] * length) {
                return false;
            }
        }
        return true;
    }
}
