package org.reluctor.learn.convex;

import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Products;
import org.reluctor.learn.algebra.Samples;

/**
 * Solves a {@link ConeProgram} by the augmented Lagrangian method on its cones: accelerated proximal gradient with
 * restart within, multiplier steps without, the penalty δ doubled while the cones' violation does not fall. The
 * multipliers are the dual certificate of the cones, so that a gap is known at every outer iteration. All sums in
 * float64 need {@link org.reluctor.learn.algebra.HostProducts}; less exact products end at a larger violation.
 */
public final class ConeAugmentedLagrangian {
    /** Violation of the cones, relative to the largest pre-activation, at which they count as holding. */
    public static final double HOLDS = 1e-8;
    private static final int OUTER = 200;
    private static final double FALL = 0.5;
    private static final double MOST_PENALTY = 1e4;
    private static final double FIRST_TOLERANCE = 1e-2;
    private static final double TIGHTER = 0.5;
    private static final double LEAST_TOLERANCE = 1e-11;

    private final ConeProgram program;
    private final Products products;
    private final SolverOptions options;
    private final ConvexProgress progress;

    /** @param options whose iterations are those of the inner method, all together */
    public ConeAugmentedLagrangian(ConeProgram program, Products products, SolverOptions options,
            ConvexProgress progress) {
        this.program = program;
        this.products = products;
        this.options = options;
        this.progress = progress;
    }

    /** Solves for a penalty β above 0, from zero. */
    public ConeSolution solve(double beta) {
        if (!(beta > 0 && Double.isFinite(beta))) {
            throw new IllegalArgumentException("the penalty is " + beta + "; right is finite and above 0");
        }
        final long startNs = System.nanoTime();
        ConeLagrangian lagrangian = new ConeLagrangian(program, products);
        ConeProximalGradient inner = new ConeProximalGradient(program, lagrangian, beta);
        double tolerance = FIRST_TOLERANCE * beta;
        double violation = Double.POSITIVE_INFINITY;
        ConeSolution best = null;
        for (int outer = 1; outer <= OUTER; outer++) {
            inner.run(tolerance, options.iterations() - inner.iterations());
            Samples images = inner.images();
            lagrangian.advance(images);
            double before = violation;
            violation = lagrangian.violation(images);
            double seconds = (System.nanoTime() - startNs) / 1e9;
            ConeSolution now = solution(beta, lagrangian, inner, violation, seconds);
            best = best == null || better(now, best) ? now : best;
            progress.advanced("cones", inner.iterations(), now.gap().primal(), now.gap().relative());
            if (best.converged() || seconds >= options.seconds() || inner.iterations() >= options.iterations()) {
                break;
            }
            if (violation > HOLDS && violation > FALL * before && lagrangian.penalty() < MOST_PENALTY) {
                lagrangian.setPenalty(2 * lagrangian.penalty());
            }
            tolerance = Math.max(LEAST_TOLERANCE * beta, TIGHTER * tolerance);
        }
        return best;
    }

    private static boolean better(ConeSolution now, ConeSolution best) {
        return now.converged() || !best.converged() && now.gap().relative() + now.violation()
                <= best.gap().relative() + best.violation();
    }

    private ConeSolution solution(double beta, ConeLagrangian lagrangian, ConeProximalGradient inner,
            double violation, double seconds) {
        Matrix weights = inner.weights();
        ReluNetwork network = NeuronRecovery.relu(program, weights);
        double convex = lagrangian.residual(inner.images()).energy() / 2 + beta * inner.normSum();
        double primal = network.objective(program.inputs(), program.targets(), beta);
        Samples residual = program.targets().plus(-1, network.predict(program.inputs()));
        Matrix correlation = lagrangian.correlation(residual, lagrangian.multipliers());
        double largest = 0;
        for (int group = 0; group < program.groups(); group++) {
            largest = Math.max(largest, GroupNorm.FROBENIUS.of(program.group(correlation, group)));
        }
        double aligned = 0;
        for (int at = 0; at < residual.values().length; at++) {
            aligned += residual.values()[at] * program.targets().values()[at];
        }
        // The multipliers are scaled with the residual, and only a factor of 0 or more keeps them multipliers.
        DualityGap gap = DualityGap.of(primal, residual.energy(), Math.max(0, aligned), largest,
                beta);
        boolean converged = violation <= HOLDS && gap.relative() <= options.gap();
        return new ConeSolution(beta, weights, network, convex, gap, violation, inner.iterations(), seconds, converged);
    }
}
