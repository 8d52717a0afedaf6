package org.reluctor.learn.convex;

import java.util.stream.DoubleStream;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.SingularValues;
import org.reluctor.learn.algebra.SymmetricEigen;

/**
 * The norm that penalises one group of weights, [inputs, outputs], with its dual and its proximal map. With one output
 * both are the Euclidean norm. For a matrix U of rank r: ‖U‖_F ≤ ‖U‖_* ≤ √r·‖U‖_F.
 */
public enum GroupNorm {
    /** Whole groups become zero; a group that does not keeps its full rank. */
    FROBENIUS {
        @Override
        public double of(Matrix u) {
            return Math.sqrt(u.dot(u));
        }

        @Override
        public double dual(Matrix u) {
            return of(u);
        }

        @Override
        Shrunk shrink(Matrix u, double threshold) {
            double norm = of(u);
            double left = Math.max(0, norm - threshold);
            Matrix zero = Matrix.zero(u.rows(), u.columns());
            return new Shrunk(left == 0 ? zero : zero.plus(left / norm, u), left);
        }
    },

    /** Sum of the singular values: groups become low-rank, each rank one neuron. Its dual is the largest of them. */
    NUCLEAR {
        @Override
        public double of(Matrix u) {
            return DoubleStream.of(SingularValues.of(u).values()).sum();
        }

        @Override
        public double dual(Matrix u) {
            return Math.sqrt(Math.max(0, SymmetricEigen.of(smallerGram(u)).values()[0]));
        }

        @Override
        Shrunk shrink(Matrix u, double threshold) {
            SymmetricEigen eigen = SymmetricEigen.of(smallerGram(u));
            double norm = 0;
            Matrix scaled = eigen.vectors().transposed();
            int size = scaled.rows();
            for (int at = 0; at < size; at++) {
                double sigma = Math.sqrt(Math.max(0, eigen.values()[at]));
                double left = Math.max(0, sigma - threshold);
                norm += left;
                double factor = left == 0 ? 0 : left / sigma;
                for (int column = 0; column < size; column++) {
                    scaled.values()[at * size + column] *= factor;
                }
            }
            Matrix map = eigen.vectors().times(scaled);
            return new Shrunk(u.rows() < u.columns() ? map.times(u) : u.times(map), norm);
        }
    };

    /** A proximal map's result and its norm, which is known more exactly there than it could be found again. */
    record Shrunk(Matrix matrix, double norm) {
    }

    /** ‖U‖. */
    public abstract double of(Matrix u);

    /** max ⟨U, V⟩ over ‖V‖ ≤ 1. */
    public abstract double dual(Matrix u);

    /**
     * argmin over V of ½‖V − U‖²_F + threshold·‖V‖. The nuclear norm's comes from the eigenvectors of the smaller of
     * UᵀU and UUᵀ, which is exact to about 1e-8 of the largest singular value, relative, where nothing is cut away.
     */
    abstract Shrunk shrink(Matrix u, double threshold);

    private static Matrix smallerGram(Matrix u) {
        Matrix transposed = u.transposed();
        return u.rows() < u.columns() ? u.times(transposed) : transposed.times(u);
    }
}
