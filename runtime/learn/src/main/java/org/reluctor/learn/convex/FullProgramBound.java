package org.reluctor.learn.convex;

import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Products;
import org.reluctor.learn.algebra.Samples;

/**
 * M over ALL activation patterns, not only those of a program: what makes a gap one of the full program. Exact where
 * the inputs' rank is small and their patterns can be enumerated, else a bound from above, which is valid and loose:
 * with D = (I + S)/2 and S of ±1, ‖XᵀDR‖ ≤ (‖XᵀR‖ + ‖X‖₂‖R‖)/2 in either norm, because S keeps every such norm.
 *
 * @param largest M, or what it is at most
 * @param exact   whether the patterns were enumerated
 */
public record FullProgramBound(double largest, boolean exact) {
    /**
     * M = max over all D of ‖XᵀDR‖', the dual norm, for gated programs. It bounds that of vector ReLU programs, too,
     * whose cones leave less room.
     */
    public static FullProgramBound gated(Samples inputs, Samples residual, GroupNorm norm, Products products) {
        if (Arrangement.enumerates(inputs)) {
            ActivationPatterns all = Arrangement.of(inputs).patterns(inputs);
            GatedProgram program = new GatedProgram(inputs, residual, all, norm);
            StreamedQuadratic smooth = new StreamedQuadratic(program, products);
            return new FullProgramBound(DualityGap.largest(smooth, norm, smooth.target()), true);
        }
        double whole = norm.dual(products.gram(inputs, residual));
        return new FullProgramBound((whole + spectral(inputs, products) * size(residual, norm, products)) / 2, false);
    }

    /** M = max over ‖u‖ ≤ 1 of |Σ λ_i relu(x_i·u)| for ReLU programs of one output. */
    public static FullProgramBound relu(Samples inputs, Samples residual, Products products) {
        if (residual.width() != 1) {
            throw new IllegalArgumentException("residuals of " + residual.width() + " outputs; this bound is for 1");
        }
        if (Arrangement.enumerates(inputs)) {
            return new FullProgramBound(Arrangement.of(inputs).largestUnit(residual.values()), true);
        }
        double positive = 0;
        double negative = 0;
        for (int sample = 0; sample < inputs.count(); sample++) {
            double square = 0;
            for (int at = sample * inputs.width(); at < (sample + 1) * inputs.width(); at++) {
                square += inputs.values()[at] * inputs.values()[at];
            }
            double lambda = residual.values()[sample];
            positive += Math.max(0, lambda) * Math.sqrt(square);
            negative += Math.max(0, -lambda) * Math.sqrt(square);
        }
        double loose = Math.max(positive, negative);
        double gated = gated(inputs, residual, GroupNorm.FROBENIUS, products).largest();
        return new FullProgramBound(Math.min(loose, gated), false);
    }

    private static double spectral(Samples vectors, Products products) {
        // The square root of the largest eigenvalue of XᵀX.
        Matrix gram = products.gram(vectors, vectors);
        return Math.sqrt(GroupNorm.NUCLEAR.dual(gram));
    }

    private static double size(Samples residual, GroupNorm norm, Products products) {
        return norm == GroupNorm.NUCLEAR ? spectral(residual, products)
                : Math.sqrt(residual.energy());
    }

    /** The gap of the full program for a residual of an objective; a bound on it where M is one. */
    public DualityGap gap(double primal, Samples residual, Samples targets, double beta) {
        double aligned = 0;
        for (int at = 0; at < residual.values().length; at++) {
            aligned += residual.values()[at] * targets.values()[at];
        }
        return DualityGap.of(primal, residual.energy(), aligned, largest, beta);
    }
}
