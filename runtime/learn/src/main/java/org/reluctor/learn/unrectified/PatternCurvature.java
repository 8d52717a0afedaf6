package org.reluctor.learn.unrectified;

import java.util.ArrayList;
import java.util.List;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.PositiveDefinite;
import org.reluctor.learn.algebra.Products;
import org.reluctor.learn.algebra.Samples;

/**
 * The least-squares problem of each layer's weights for fixed activation variables. With d fixed the constraints are
 * linear in v and a, which are eliminated, and the objective is quadratic in each W_l: its normal matrix is
 * Σ_i (inputs_i·inputs_iᵀ)⊗(J_iᵀJ_i). The mean of the product is replaced by the product of the means,
 * A = E[inputs·inputsᵀ] and G, which goes back layer by layer, G_l = (W_{l+1}G_{l+1}W_{l+1}ᵀ)∘E[ddᵀ]: as Martens and
 * Grosse do for the Gauss–Newton matrix (arXiv 1503.05671), whose block for a piecewise-linear network this is. The
 * solution is then two factorisations a layer. Means are kept over shards with a memory that fades.
 *
 * <p>By algebra each solution is a positive definite matrix times the negative gradient, as for every Gauss–Newton
 * method; the matrix is the problem's own curvature, so that the part of it to take is of order one whatever the scale
 * of the data, and no step size is searched for.
 */
final class PatternCurvature {
    /** What is kept of the means each time new ones come. */
    private static final double MEMORY = 0.95;

    private final Products products;
    private final List<Matrix> grams = new ArrayList<>();
    private final List<Matrix> patterns = new ArrayList<>();
    private final List<Matrix> inputInverses = new ArrayList<>();
    private final List<Matrix> outputInverses = new ArrayList<>();

    PatternCurvature(Products products) {
        this.products = products;
    }

    /** As it was, with what it remembered. */
    static PatternCurvature of(Products products, List<List<Matrix>> memory) {
        PatternCurvature curvature = new PatternCurvature(products);
        for (int at = 0; at < memory.size(); at++) {
            curvature.parts().get(at).addAll(memory.get(at));
        }
        return curvature;
    }

    /** What it remembers, shared: the means, and the factors of when they were last factorised. */
    List<List<Matrix>> parts() {
        return List.of(grams, patterns, inputInverses, outputInverses);
    }

    /** Takes a pass's means in; the first count for all, later ones fade in. */
    void learn(PatternSums sums, int hidden) {
        double kept = grams.isEmpty() ? 0 : MEMORY;
        for (int layer = 0; layer <= hidden; layer++) {
            mix(grams, layer, kept, sums.gram(layer));
            if (layer < hidden) {
                mix(patterns, layer, kept, sums.pattern(layer));
            }
        }
    }

    private static void mix(List<Matrix> means, int layer, double kept, Matrix fresh) {
        if (layer == means.size()) {
            means.add(fresh);
        } else {
            means.set(layer, means.get(layer).times(kept).plus(1 - kept, fresh));
        }
    }

    /**
     * Factorises for these weights; the factors stay until the next call, as weights move slowly.
     *
     * @param damping added to each factor's diagonal, as a share of its mean
     */
    void factorise(DenseNetwork network, double damping) {
        inputInverses.clear();
        outputInverses.clear();
        for (Matrix gram : grams) {
            inputInverses.add(damped(gram, damping));
        }
        Matrix curvature = null;
        for (int layer = network.hidden() - 1; layer >= 0; layer--) {
            Samples next = rows(network.activationPart(layer + 1));
            Samples weighted = curvature == null ? next : products.times(next, curvature);
            curvature = matrix(products.times(weighted, matrix(next).transposed()));
            for (int at = 0; at < curvature.values().length; at++) {
                curvature.values()[at] *= patterns.get(layer).values()[at];
            }
            outputInverses.add(0, damped(curvature, damping));
        }
    }

    private static Matrix damped(Matrix factor, double damping) {
        return PositiveDefinite.inverse(factor.plusDiagonal(damping * factor.trace() / factor.rows()));
    }

    /** The change of a layer's weights that solves its problem. */
    Matrix change(PatternSums sums, int layer) {
        Samples solved = products.times(rows(inputInverses.get(layer)), sums.pull(layer));
        return layer < outputInverses.size() ? matrix(products.times(solved, outputInverses.get(layer)))
                : matrix(solved);
    }

    private static Samples rows(Matrix matrix) {
        return new Samples(matrix.columns(), matrix.values());
    }

    private static Matrix matrix(Samples rows) {
        return Matrix.of(rows.count(), rows.width(), rows.values());
    }
}
