package org.reluctor.learn.convex;

import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Products;
import org.reluctor.learn.algebra.Samples;

/**
 * The smooth half with ZᵀZ computed once, pair of gates by pair of gates over the samples that both open for: about
 * N·(P·d)²/8 multiplications, then (P·d)²·c a product whatever the number of samples. Its memory is 8·(P·d)² bytes.
 */
final class GramQuadratic implements GatedQuadratic {
    /** Beyond it ZᵀZ is more than 1 GiB. */
    static final int MOST_ROWS = 11_500;

    private final int groups;
    private final int width;
    private final Matrix target;
    private final double energy;
    private final Samples gram;
    private final Products products;

    GramQuadratic(GatedProgram program, Products products) {
        this.products = products;
        groups = program.patterns().count();
        width = program.width();
        StreamedQuadratic streamed = new StreamedQuadratic(program, products);
        target = streamed.target();
        energy = streamed.energy();
        gram = Samples.zero(groups * width, groups * width);
        for (int one = 0; one < groups; one++) {
            for (int other = one; other < groups; other++) {
                fill(program, one, other);
            }
        }
    }

    private void fill(GatedProgram program, int one, int other) {
        Samples both = ActivationPatterns.gather(program.inputs(), program.patterns().activeInBoth(one, other));
        if (both.count() == 0) {
            return;
        }
        Matrix block = products.gram(both, both);
        int stride = groups * width;
        for (int row = 0; row < width; row++) {
            System.arraycopy(block.values(), row * width, gram.values(), (one * width + row) * stride + other * width,
                    width);
            // XᵀD_iD_jX is symmetric, so the mirrored block has the same rows.
            System.arraycopy(block.values(), row * width, gram.values(), (other * width + row) * stride + one * width,
                    width);
        }
    }

    @Override
    public int groups() {
        return groups;
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public Matrix target() {
        return target;
    }

    @Override
    public double energy() {
        return energy;
    }

    @Override
    public Matrix gramTimes(Matrix weights) {
        return Matrix.of(weights.rows(), weights.columns(), products.times(gram, weights).values());
    }

    /** ZᵀZ, symmetric, its rows as vectors; shared. */
    Samples gram() {
        return gram;
    }
}
