package org.reluctor.learn.convex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.PositiveDefinite;

/**
 * Anderson's extrapolation of a method's last iterates, as Q. Bertrand and M. Massias use it for coordinate descent
 * (AISTATS 2021): the affine combination of them whose steps nearly cancel. The caller takes it only where it is
 * better, so that a descent stays one.
 */
final class Extrapolation {
    private static final int STEPS = 5;
    private static final double RIDGE = 1e-10;

    private final List<Iterate> ends = new ArrayList<>();
    private final List<Matrix> steps = new ArrayList<>();

    /** Takes a step; after every few of them gives a guess, else null. */
    Iterate after(Iterate from, Iterate to) {
        ends.add(to);
        steps.add(to.weights().plus(-1, from.weights()));
        if (steps.size() < STEPS) {
            return null;
        }
        Matrix gram = Matrix.zero(STEPS, STEPS);
        for (int at = 0; at < STEPS * STEPS; at++) {
            gram.values()[at] = steps.get(at / STEPS).dot(steps.get(at % STEPS));
        }
        double[] ones = new double[STEPS];
        Arrays.fill(ones, 1);
        Iterate guess = null;
        if (gram.trace() > 0) {
            double[] factors = PositiveDefinite.solve(gram.plusDiagonal(RIDGE * gram.trace()),
                    Matrix.of(STEPS, 1, ones)).values();
            guess = combine(factors, Arrays.stream(factors).sum());
        }
        ends.clear();
        steps.clear();
        return guess;
    }

    private Iterate combine(double[] factors, double sum) {
        Iterate last = ends.get(STEPS - 1);
        Matrix weights = Matrix.zero(last.weights().rows(), last.weights().columns());
        Matrix correlation = weights;
        for (int at = 0; at < STEPS; at++) {
            weights = weights.plus(factors[at] / sum, ends.get(at).weights());
            correlation = correlation.plus(factors[at] / sum, ends.get(at).correlation());
        }
        return new Iterate(weights, correlation);
    }
}
