package org.reluctor.learn.convex;

import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Samples;

/**
 * Accelerated proximal gradient with backtracking and restart, see {@link AcceleratedGroupLasso}, on a cone program's
 * augmented Lagrangian, which is smooth but not quadratic. It goes on from where it was when the multipliers change.
 */
final class ConeProximalGradient {
    private static final double GROWTH = 1.5;
    private static final double EASE = 0.98;
    private static final double ROUNDING = 1e-13;

    private final ConeProgram program;
    private final ConeLagrangian lagrangian;
    private final double beta;
    private Point at;
    private double normSum;
    private double curvature = 1e-3;
    private int iterations;

    private record Point(Matrix weights, Samples images) {
        Point beyond(double factor, Point before) {
            return new Point(weights.plus(factor, weights.plus(-1, before.weights)),
                    images.plus(factor, images.plus(-1, before.images)));
        }
    }

    ConeProximalGradient(ConeProgram program, ConeLagrangian lagrangian, double beta) {
        this.program = program;
        this.lagrangian = lagrangian;
        this.beta = beta;
        Matrix zero = program.zero();
        at = new Point(zero, lagrangian.images(zero));
    }

    Matrix weights() {
        return at.weights;
    }

    Samples images() {
        return at.images;
    }

    double normSum() {
        return normSum;
    }

    int iterations() {
        return iterations;
    }

    /** Until the gradient mapping's norm is within the tolerance, or so many iterations are done. */
    void run(double tolerance, int most) {
        Point ahead = at;
        double momentum = 1;
        for (int done = 0; done < most; done++) {
            iterations++;
            Point next = step(ahead);
            Matrix moved = next.weights.plus(-1, ahead.weights);
            if (moved.dot(next.weights.plus(-1, at.weights)) < 0) {
                momentum = 1;
            }
            double grown = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
            ahead = next.beyond((momentum - 1) / grown, at);
            momentum = grown;
            at = next;
            if (curvature * Math.sqrt(moved.dot(moved)) <= tolerance) {
                return;
            }
            curvature *= EASE;
        }
    }

    private Point step(Point from) {
        double value = lagrangian.value(from.images);
        Matrix gradient = lagrangian.gradient(from.images);
        while (true) {
            Matrix shrunk = shrink(from.weights.plus(-1 / curvature, gradient));
            Point next = new Point(shrunk, lagrangian.images(shrunk));
            Matrix moved = shrunk.plus(-1, from.weights);
            double bound = value + gradient.dot(moved) + curvature / 2 * moved.dot(moved);
            if (lagrangian.value(next.images) <= bound + ROUNDING * Math.abs(value)) {
                return next;
            }
            curvature *= GROWTH;
        }
    }

    private Matrix shrink(Matrix weights) {
        Matrix result = program.zero();
        normSum = 0;
        for (int group = 0; group < program.groups(); group++) {
            GroupNorm.Shrunk shrunk = GroupNorm.FROBENIUS.shrink(program.group(weights, group), beta / curvature);
            program.setGroup(result, group, shrunk.matrix());
            normSum += shrunk.norm();
        }
        return result;
    }
}
