package org.reluctor.network;

import java.util.Arrays;
import java.util.List;

/** Matrix products in float64. Sums run over the inner dimension in ascending order, without fused operations. */
final class ReferenceProduct {
    private ReferenceProduct() {
    }

    /** numpy's matmul: matrices in the last two dimensions, those before broadcast; a vector is a row or a column. */
    static ReferenceTensor matMul(ReferenceTensor a, ReferenceTensor b, int[] dims) {
        int rows = a.rank() == 1 ? 1 : a.dim(-2);
        int inner = a.dim(-1);
        int columns = b.rank() == 1 ? 1 : b.dim(-1);
        int[] stackA = stack(a.dims());
        int[] stackB = stack(b.dims());
        int[] stack = Broadcasting.broadcast(Shape.of(stackA), Shape.of(stackB)).toArray();
        BroadcastWalk left = new BroadcastWalk(stackA, stack);
        BroadcastWalk right = new BroadcastWalk(stackB, stack);
        double[] result = new double[ReferenceArithmetic.elements(dims)];
        for (int at = 0; at < result.length; at += rows * columns) {
            multiply(a.data(), left.next() * rows * inner, b.data(), right.next() * inner * columns,
                    result, at, new int[] {rows, inner, columns});
        }
        return new ReferenceTensor(dims, result);
    }

    private static int[] stack(int[] dims) {
        return Arrays.copyOf(dims, Math.max(0, dims.length - 2));
    }

    /** result[rows×columns] = a[rows×inner] · b[inner×columns]; {@code sizes} is rows, inner, columns. */
    private static void multiply(double[] a, int atA, double[] b, int atB, double[] result, int at, int[] sizes) {
        int inner = sizes[1];
        int columns = sizes[2];
        for (int row = 0; row < sizes[0]; row++) {
            for (int k = 0; k < inner; k++) {
                double factor = a[atA + row * inner + k];
                for (int column = 0; column < columns; column++) {
                    result[at + row * columns + column] += factor * b[atB + k * columns + column];
                }
            }
        }
    }

    /** alpha · A' · B' + beta · C, where ' transposes if the attribute says so and C is stretched. */
    static ReferenceTensor gemm(List<ReferenceTensor> inputs, Attributes attributes, int[] dims) {
        double alpha = attributes.real("alpha", 1);
        double beta = attributes.real("beta", 1);
        ReferenceTensor a = transposedIf(attributes.integer("transA", 0) != 0, inputs.get(0));
        ReferenceTensor b = transposedIf(attributes.integer("transB", 0) != 0, inputs.get(1));
        ReferenceTensor product = ReferenceArithmetic.each(matMul(a, b, dims), value -> alpha * value);
        return inputs.size() < 3 ? product
                : ReferenceArithmetic.pairs(product, inputs.get(2), dims, (p, c) -> p + beta * c);
    }

    private static ReferenceTensor transposedIf(boolean wanted, ReferenceTensor matrix) {
        if (!wanted) {
            return matrix;
        }
        int rows = matrix.dim(0);
        int columns = matrix.dim(1);
        double[] result = new double[matrix.data().length];
        for (int at = 0; at < result.length; at++) {
            result[at % columns * rows + at / columns] = matrix.data()[at];
        }
        return new ReferenceTensor(new int[] {columns, rows}, result);
    }
}
