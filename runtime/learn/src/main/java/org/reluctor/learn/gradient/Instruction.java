package org.reluctor.learn.gradient;

import java.util.List;
import org.reluctor.opencl.training.MatrixView;
import org.reluctor.opencl.training.ProductSize;

/** One step of a computation: it reads tensors and writes another, completely, that nothing else writes. */
public sealed interface Instruction {
    /** What is written. */
    Tensor to();

    /** What is read. */
    List<Tensor> from();

    /** A formula for every element; tensors stretch to {@code to} as numpy has it. */
    record Pointwise(Tensor to, Formula formula, List<Tensor> from) implements Instruction {
    }

    /** to = left · right, where the views say what of the tensors. */
    record Product(Tensor to, ProductSize size, Tensor left, Tensor right, Views views) implements Instruction {
        @Override
        public List<Tensor> from() {
            return List.of(left, right);
        }
    }

    /** How the three tensors of a product are taken as matrices; offsets count from the tensor's first element. */
    record Views(MatrixView left, MatrixView right, MatrixView to) {
    }

    /** Every element of each of {@code frames} equal parts is a sum of elements of the same part of {@code source}. */
    record Gather(Tensor to, Tensor source, int frames, Places places) implements Instruction {
        @Override
        public List<Tensor> from() {
            return List.of(source);
        }
    }

    /** to[o, i] = scale · Σ over c of source[o, c, i], in order; or the greatest of them. */
    record Sum(Tensor to, Tensor source, Extent extent, boolean greatest, double scale) implements Instruction {
        @Override
        public List<Tensor> from() {
            return List.of(source);
        }
    }

    /** The sizes of a sum: its source is [outer, count, inner], its result [outer, inner]. */
    record Extent(int outer, int count, int inner) {
    }
}
