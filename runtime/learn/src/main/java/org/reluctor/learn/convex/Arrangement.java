package org.reluctor.learn.convex;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.algebra.SymmetricEigen;

/**
 * All activation patterns of inputs of small rank r: the cells into which the hyperplanes x_i·u = 0 cut the space, at
 * most 2Σ C(N − 1, k) over k &lt; r of them. Every cell has a face on some hyperplane, so the cells are found on both
 * sides of the cells within each hyperplane, down to the line. Takes about 2·Nʳ products of r for r above 1.
 */
public final class Arrangement {
    /** Largest rank that is enumerated. */
    public static final int MOST_RANK = 3;
    private static final int MOST_INPUTS = 120;
    private static final double PARALLEL = 1e-9;
    /** Of the largest eigenvalue of XᵀX. */
    private static final double RANK_TOLERANCE = 1e-13;

    private final Samples points;
    private final Matrix basis;

    private Arrangement(Samples points, Matrix basis) {
        this.points = points;
        this.basis = basis;
    }

    /** Whether all patterns of these inputs are found within seconds. */
    static boolean enumerates(Samples inputs) {
        return inputs.count() <= MOST_INPUTS && rank(inputs) <= MOST_RANK;
    }

    /** The rank of inputs to working precision: singular values below 3e-7 of the largest count as zero. */
    public static int rank(Samples inputs) {
        double[] values = eigen(inputs).values();
        int rank = 0;
        while (rank < values.length && values[rank] > RANK_TOLERANCE * values[0]) {
            rank++;
        }
        return rank;
    }

    private static SymmetricEigen eigen(Samples inputs) {
        double[] ones = new double[inputs.count()];
        Arrays.fill(ones, 1);
        return SymmetricEigen.of(inputs.gram(inputs, ones));
    }

    /**
     * The arrangement of some inputs.
     *
     * @throws IllegalArgumentException if their rank is 0 or above {@link #MOST_RANK}
     */
    public static Arrangement of(Samples inputs) {
        int rank = rank(inputs);
        if (rank < 1 || rank > MOST_RANK) {
            throw new IllegalArgumentException("inputs of rank " + rank + "; patterns of rank 1 to " + MOST_RANK
                    + " are enumerated");
        }
        Matrix basis = firstColumns(eigen(inputs).vectors(), rank);
        return new Arrangement(inputs.times(basis), basis);
    }

    private static Matrix firstColumns(Matrix from, int count) {
        return from.transposed().rowRange(0, count).transposed();
    }

    /** One gate vector in each cell, in the space of the inputs; all patterns but the one that opens for nothing. */
    public ActivationPatterns patterns(Samples inputs) {
        List<double[]> gates = new ArrayList<>();
        cells(points).values().forEach(cell ->
                gates.add(basis.times(Matrix.of(cell.length, 1, cell)).values()));
        return ActivationPatterns.of(inputs, gates);
    }

    /** A unit vector inside every cell, by pattern. */
    private static Map<BitSet, double[]> cells(Samples points) {
        Map<BitSet, double[]> cells = new LinkedHashMap<>();
        int rank = points.width();
        if (rank == 1) {
            put(cells, points, new double[] {1});
            put(cells, points, new double[] {-1});
            return cells;
        }
        for (int plane = 0; plane < points.count(); plane++) {
            double[] normal = unit(points, plane);
            if (normal == null) {
                continue;
            }
            Matrix within = complement(normal);
            for (double[] face : cells(points.times(within)).values()) {
                double[] middle = within.times(Matrix.of(rank - 1, 1, face)).values();
                double reach = reach(points, middle, normal) / 2;
                put(cells, points, beside(middle, normal, reach));
                put(cells, points, beside(middle, normal, -reach));
            }
        }
        return cells;
    }

    private static void put(Map<BitSet, double[]> cells, Samples points, double[] inside) {
        cells.putIfAbsent(ActivationPatterns.pattern(points, inside), inside);
    }

    private static double[] beside(double[] middle, double[] normal, double distance) {
        double[] moved = new double[middle.length];
        double square = 0;
        for (int at = 0; at < moved.length; at++) {
            moved[at] = middle[at] + distance * normal[at];
            square += moved[at] * moved[at];
        }
        for (int at = 0; at < moved.length; at++) {
            moved[at] /= Math.sqrt(square);
        }
        return moved;
    }

    /** How far one may go from a point of a hyperplane along its normal before another hyperplane is met, at most 1. */
    private static double reach(Samples points, double[] middle, double[] normal) {
        double reach = 1;
        for (int other = 0; other < points.count(); other++) {
            double slope = Math.abs(dot(points, other, normal));
            double distance = Math.abs(dot(points, other, middle));
            double size = Math.sqrt(square(points, other));
            // Hyperplanes that coincide with this one are met at once, and left at once.
            if (distance > PARALLEL * size && slope > 0) {
                reach = Math.min(reach, distance / slope);
            }
        }
        return reach;
    }

    private static double[] unit(Samples points, int at) {
        double norm = Math.sqrt(square(points, at));
        if (norm == 0) {
            return null;
        }
        double[] unit = new double[points.width()];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = points.values()[at * unit.length + i] / norm;
        }
        return unit;
    }

    private static double square(Samples points, int at) {
        double sum = 0;
        for (int i = at * points.width(); i < (at + 1) * points.width(); i++) {
            sum += points.values()[i] * points.values()[i];
        }
        return sum;
    }

    private static double dot(Samples points, int at, double[] vector) {
        double sum = 0;
        for (int i = 0; i < vector.length; i++) {
            sum += points.values()[at * vector.length + i] * vector[i];
        }
        return sum;
    }

    /** Orthonormal columns that span what is orthogonal to a unit vector, [r, r − 1]. */
    private static Matrix complement(double[] normal) {
        Matrix projector = Matrix.zero(normal.length, normal.length).plusDiagonal(1);
        for (int at = 0; at < projector.values().length; at++) {
            projector.values()[at] -= normal[at / normal.length] * normal[at % normal.length];
        }
        return firstColumns(SymmetricEigen.of(projector).vectors(), normal.length - 1);
    }

    /**
     * max |Σ λ_i relu(x_i·u)| over ‖u‖ ≤ 1, exact but for rounding: within a cell the sum is linear, so that its
     * maximum lies at the cell's own gradient, where that is in the cell, or on a hyperplane.
     */
    public double largestUnit(double[] lambda) {
        return largestUnit(points, lambda);
    }

    private static double largestUnit(Samples points, double[] lambda) {
        double largest = 0;
        for (Map.Entry<BitSet, double[]> cell : cells(points).entrySet()) {
            double[] gradient = new double[points.width()];
            cell.getKey().stream().forEach(sample -> {
                for (int at = 0; at < gradient.length; at++) {
                    gradient[at] += lambda[sample] * points.values()[sample * gradient.length + at];
                }
            });
            largest = Math.max(largest, value(points, lambda, gradient, 1));
            largest = Math.max(largest, value(points, lambda, gradient, -1));
        }
        for (int plane = 0; plane < points.count() && points.width() > 1; plane++) {
            double[] normal = unit(points, plane);
            if (normal != null) {
                largest = Math.max(largest, largestUnit(points.times(complement(normal)), lambda));
            }
        }
        return largest;
    }

    private static double value(Samples points, double[] lambda, double[] direction, double sign) {
        double square = 0;
        for (double element : direction) {
            square += element * element;
        }
        double sum = 0;
        for (int sample = 0; sample < points.count(); sample++) {
            sum += lambda[sample] * Math.max(0, sign * dot(points, sample, direction));
        }
        return square == 0 ? 0 : Math.abs(sum) / Math.sqrt(square);
    }
}
