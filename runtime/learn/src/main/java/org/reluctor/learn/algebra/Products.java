package org.reluctor.learn.algebra;

/**
 * The two products over many vectors that training spends its time on. {@link HostProducts} computes them in float64
 * and in an order of its own choosing; others may compute in float32 on a device. Trainers take one and know no more.
 */
public interface Products {
    /**
     * Every vector as a row times a matrix.
     *
     * @param vectors [count, width]
     * @param matrix  [width, columns]
     * @return [count, columns]
     */
    Samples times(Samples vectors, Matrix matrix);

    /**
     * Σ aᵢbᵢᵀ over all pairs of vectors.
     *
     * @param left  [count, width]
     * @param right [count, other width], equally many
     * @return [width, other width]
     */
    Matrix gram(Samples left, Samples right);
}
