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
    private static final int MOST_ROWS = 11_500;

    private final int groups;
    private final int width;
    private final Matrix target;
    private final double energy;
    private final Samples gram;
    private final Products products;

    GramQuadratic(GatedProgram program, Products products) {
        this(program, products, null);
    }

    /** @param fewer that of the first patterns of this program, whose blocks are taken over, or null */
    GramQuadratic(GatedProgram program, Products products, GramQuadratic fewer) {
        this.products = products;
        groups = program.patterns().count();
        width = program.width();
        StreamedQuadratic streamed = new StreamedQuadratic(program, products);
        target = streamed.target();
        energy = streamed.energy();
        gram = Samples.zero(groups * width, groups * width);
        int known = fewer == null ? 0 : fewer.groups;
        for (int row = 0; row < known * width; row++) {
            System.arraycopy(fewer.gram.values(), row * fewer.gram.width(), gram.values(), row * gram.width(),
                    known * width);
        }
        for (int one = 0; one < groups; one++) {
            for (int other = Math.max(one, known); other < groups; other++) {
                fill(program, one, other);
            }
        }
    }

    /**
     * Whether it is the cheaper way to so many products, by the multiplications of both, and fits into memory.
     *
     * @param iterations products that a solution takes
     */
    static boolean pays(GatedProgram program, int iterations) {
        double rows = (double) program.patterns().count() * program.width();
        double samples = program.inputs().count();
        double once = samples * rows * rows / 8;
        double each = rows * rows * program.outputs();
        double streamed = samples * rows * program.outputs();
        return rows <= MOST_ROWS && once + iterations * each < iterations * streamed;
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
