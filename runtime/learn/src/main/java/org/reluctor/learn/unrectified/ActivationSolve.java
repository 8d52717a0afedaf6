package org.reluctor.learn.unrectified;

import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.PositiveDefinite;
import org.reluctor.learn.algebra.Products;
import org.reluctor.learn.algebra.Samples;

/**
 * The update of one hidden layer's activations a: they minimise
 * weight/2·‖target − aW − offset‖² + ρ/2·‖a − wanted‖², where W is the next layer's, by one factorisation for all
 * samples. For the last hidden layer the target is the network's and the weight 1; before it the target is the next
 * layer's v + p1 and the weight its penalty.
 */
final class ActivationSolve {
    private final Matrix back;
    private final Matrix inverse;
    private final double weight;
    private final double penalty;

    ActivationSolve(Products products, Matrix next, double weight, double penalty) {
        this.weight = weight;
        this.penalty = penalty;
        back = next.transposed();
        // WWᵀ as Σ over the columns of W.
        Samples columns = new Samples(next.rows(), back.values());
        Matrix system = products.gram(columns, columns);
        double[] values = system.values();
        for (int at = 0; at < values.length; at++) {
            values[at] *= weight;
        }
        inverse = PositiveDefinite.inverse(system.plusDiagonal(penalty));
    }

    /** The minimiser. */
    Samples solve(Products products, Samples target, Samples offset, Samples wanted) {
        Samples right = products.times(target.plus(-1, offset), back);
        double[] values = right.values();
        for (int at = 0; at < values.length; at++) {
            values[at] = weight * values[at] + penalty * wanted.values()[at];
        }
        return products.times(right, inverse);
    }

    /** The gradient over ρ, given what is left of the target. */
    Samples gradient(Products products, Samples remainder, Samples activations, Samples wanted) {
        Samples gradient = products.times(remainder, back);
        double[] values = gradient.values();
        for (int at = 0; at < values.length; at++) {
            values[at] = -weight / penalty * values[at] + activations.values()[at] - wanted.values()[at];
        }
        return gradient;
    }
}
