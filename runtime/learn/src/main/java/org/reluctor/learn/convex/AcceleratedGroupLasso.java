package org.reluctor.learn.convex;

import org.reluctor.learn.algebra.Matrix;

/**
 * Accelerated proximal gradient (FISTA: A. Beck, M. Teboulle, SIAM J. Imaging Sci. 2(1), 2009, with the momentum
 * t⁺ = (1 + √(1 + 4t²))/2 of their equation 4.2), its step found by backtracking, its momentum reset when it points
 * uphill (B. O'Donoghue, E. Candès, Found. Comput. Math. 15, 2015, the gradient scheme). One product of ZᵀZ an
 * iteration, since that of an extrapolated point is extrapolated, too.
 */
final class AcceleratedGroupLasso implements GroupLassoSolver {
    private static final double GROWTH = 1.5;
    /** Curvature along a step that rounding may add. */
    private static final double ROUNDING = 1e-9;

    private final GatedQuadratic smooth;
    private final GroupNorm norm;
    private final SolverOptions options;
    private final GapWatch.Listener listener;

    AcceleratedGroupLasso(GatedQuadratic smooth, GroupNorm norm, SolverOptions options, GapWatch.Listener listener) {
        this.smooth = smooth;
        this.norm = norm;
        this.options = options;
        this.listener = listener;
    }

    /** A point with its product, so that neither is computed twice. */
    private record Point(Matrix weights, Matrix gramTimes, double normSum) {
        Point beyond(double factor, Point before) {
            return new Point(weights.plus(factor, weights.plus(-1, before.weights)),
                    gramTimes.plus(factor, gramTimes.plus(-1, before.gramTimes)), Double.NaN);
        }
    }

    @Override
    public GroupLassoSolution solve(double beta, Matrix start) {
        GapWatch watch = new GapWatch(smooth, norm, options, beta, listener);
        Point at = new Point(start, smooth.gramTimes(start), GroupProximal.normSum(smooth, norm, start));
        Point ahead = at;
        double curvature = firstCurvature();
        double momentum = 1;
        while (watch.goesOn(at.weights, at.gramTimes, at.normSum)) {
            Point next;
            double measured;
            do {
                next = step(ahead, beta, curvature);
                measured = curvatureBetween(ahead, next);
                if (measured > curvature * (1 + ROUNDING)) {
                    curvature = Math.max(curvature * GROWTH, measured);
                    next = null;
                }
            } while (next == null);
            if (ahead.weights.plus(-1, next.weights).dot(next.weights.plus(-1, at.weights)) > 0) {
                momentum = 1;
            }
            double grown = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
            ahead = next.beyond((momentum - 1) / grown, at);
            momentum = grown;
            at = next;
        }
        return watch.solution();
    }

    private Point step(Point from, double beta, double curvature) {
        Matrix downhill = from.weights.plus(1 / curvature, smooth.target().plus(-1, from.gramTimes));
        GroupProximal shrunk = GroupProximal.of(smooth, norm, downhill, beta / curvature);
        return new Point(shrunk.weights(), smooth.gramTimes(shrunk.weights()), shrunk.normSum());
    }

    /** The Rayleigh quotient at ZᵀY: below the largest eigenvalue; backtracking finds what is missing. */
    private double firstCurvature() {
        double square = smooth.target().dot(smooth.target());
        return square == 0 ? 1 : smooth.target().dot(smooth.gramTimes(smooth.target())) / square;
    }

    private static double curvatureBetween(Point from, Point to) {
        Matrix step = to.weights.plus(-1, from.weights);
        double square = step.dot(step);
        return square == 0 ? 0 : step.dot(to.gramTimes.plus(-1, from.gramTimes)) / square;
    }
}
