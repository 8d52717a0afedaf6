package org.reluctor.learn.convex;

import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Products;
import org.reluctor.learn.algebra.Samples;

/**
 * The smooth half computed from the samples at every product, gate by gate over the samples that it opens for: about
 * 2·N·P·d·c multiplications a product, no memory beyond the samples and their predictions. The choice for few samples,
 * and the exact one in float64, because no sum is squared.
 */
final class StreamedQuadratic implements GatedQuadratic {
    private final GatedProgram program;
    private final Products products;
    private final Matrix target;

    StreamedQuadratic(GatedProgram program, Products products) {
        this.program = program;
        this.products = products;
        target = correlate(program.targets());
    }

    @Override
    public int groups() {
        return program.patterns().count();
    }

    @Override
    public int width() {
        return program.width();
    }

    @Override
    public Matrix target() {
        return target;
    }

    @Override
    public double energy() {
        return program.targets().energy();
    }

    @Override
    public Matrix gramTimes(Matrix weights) {
        return correlate(predict(weights));
    }

    /** Zᵀ times vectors of c: group i holds XᵀD_i of them. */
    Matrix correlate(Samples vectors) {
        Matrix result = program.zero();
        int group = width() * vectors.width();
        for (int gate = 0; gate < groups(); gate++) {
            int[] active = program.patterns().active(gate);
            Matrix part = products.gram(ActivationPatterns.gather(program.inputs(), active),
                    ActivationPatterns.gather(vectors, active));
            System.arraycopy(part.values(), 0, result.values(), gate * group, group);
        }
        return result;
    }

    /** ZU = Σ D_iXU_i, [N, c]. */
    Samples predict(Matrix weights) {
        Samples sum = Samples.zero(program.inputs().count(), weights.columns());
        for (int gate = 0; gate < groups(); gate++) {
            int[] active = program.patterns().active(gate);
            Samples part = products.times(ActivationPatterns.gather(program.inputs(), active),
                    weights.rowRange(gate * width(), width()));
            scatterAdd(part, active, sum);
        }
        return sum;
    }

    private static void scatterAdd(Samples from, int[] places, Samples to) {
        int width = to.width();
        for (int at = 0; at < places.length; at++) {
            for (int column = 0; column < width; column++) {
                to.values()[places[at] * width + column] += from.values()[at * width + column];
            }
        }
    }
}
