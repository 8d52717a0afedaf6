package org.reluctor.learn.gradient;

import java.util.Arrays;
import org.reluctor.opencl.training.MatrixView;
import org.reluctor.opencl.training.ProductSize;

/** numpy's matrix product as products of views: without copies where one side is a single matrix. */
final class MatrixProducts {
    private final Tape tape;

    MatrixProducts(Tape tape) {
        this.tape = tape;
    }

    /** A·B of two matrices, each transposed if so said. */
    Tensor product(Tensor a, boolean transA, Tensor b, boolean transB, int[] dims) {
        MatrixView left = MatrixView.rows(0, a.dim(1));
        MatrixView right = MatrixView.rows(0, b.dim(1));
        int rows = a.dim(transA ? 1 : 0);
        int columns = b.dim(transB ? 0 : 1);
        return tape.product(new ProductSize(rows, a.dim(transA ? 0 : 1), columns, 1), a, b,
                new Instruction.Views(transA ? left.transposed() : left, transB ? right.transposed() : right,
                        MatrixView.rows(0, columns)), dims);
    }

    /** numpy's, for any ranks. */
    Tensor matMul(Tensor a, Tensor b, int[] dims) {
        Tensor left = a.rank() == 1 ? a.as(1, a.dim(0)) : a;
        Tensor right = b.rank() == 1 ? b.as(b.dim(0), 1) : b;
        int rows = left.dim(-2);
        int inner = left.dim(-1);
        int columns = right.dim(-1);
        int leftStack = left.elements() / (rows * inner);
        int rightStack = right.elements() / (inner * columns);
        if (rightStack == 1) {
            return product(left.as(leftStack * rows, inner), false, right.as(inner, columns), false, dims);
        }
        MatrixView leftView = MatrixView.rows(0, inner);
        if (leftStack == 1) {
            // The stack of right matrices side by side, and so the results.
            return tape.product(new ProductSize(rows, inner, rightStack * columns, 1), left.as(rows, inner), right,
                    new Instruction.Views(leftView, MatrixView.frames(0, columns, columns, inner * columns),
                            MatrixView.frames(0, columns, columns, rows * columns)), dims);
        }
        int[] stack = Stretching.dims(stackOf(left), stackOf(right));
        int count = Arrays.stream(stack).reduce(1, (x, y) -> x * y);
        return tape.product(new ProductSize(rows, inner, columns, count), stretched(left, stack),
                stretched(right, stack), new Instruction.Views(leftView.stacked(rows * inner),
                        MatrixView.rows(0, columns).stacked(inner * columns),
                        MatrixView.rows(0, columns).stacked(rows * columns)), dims);
    }

    private static Tensor stackOf(Tensor tensor) {
        return new Tensor(-1, Arrays.copyOf(tensor.dims(), tensor.rank() - 2));
    }

    private Tensor stretched(Tensor tensor, int[] stack) {
        int[] dims = Arrays.copyOf(stack, stack.length + 2);
        dims[stack.length] = tensor.dim(-2);
        dims[stack.length + 1] = tensor.dim(-1);
        return tensor.elements() == new Tensor(-1, dims).elements() ? tensor
                : tape.stretched(Formula.input(0), dims, tensor);
    }
}
