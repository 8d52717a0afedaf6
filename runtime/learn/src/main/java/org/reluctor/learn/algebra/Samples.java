package org.reluctor.learn.algebra;

import java.util.stream.IntStream;

/**
 * Many vectors of one length, row-major [count, width], and the two products over all of them that training is made
 * of. Both use all processors; how the work is split changes no sum.
 *
 * @param width  elements a vector
 * @param values shared, not copied
 */
public record Samples(int width, double[] values) {
    /** Vectors taken together, so that a row of the result is read and written once for all of them. */
    private static final int TOGETHER = 4;
    private static final int ROWS_A_TASK = 16;
    private static final int VECTORS_A_TASK = 256;

    public Samples {
        if (values.length % width != 0) {
            throw new IllegalArgumentException(values.length + " values are no whole number of vectors of " + width);
        }
    }

    /** All zero. */
    public static Samples zero(int count, int width) {
        return new Samples(width, new double[count * width]);
    }

    /** Number of vectors. */
    public int count() {
        return values.length / width;
    }

    /** Every k-th vector, as a copy. */
    public Samples every(int k) {
        Samples part = zero((count() + k - 1) / k, width);
        for (int at = 0; at < part.count(); at++) {
            System.arraycopy(values, at * k * width, part.values, at * width, width);
        }
        return part;
    }

    /** Σ wᵢ·aᵢbᵢᵀ over all vectors a of this and b of the other: [width, other width]. */
    public Matrix gram(Samples other, double[] weights) {
        if (other.count() != count() || weights.length != count()) {
            throw new IllegalArgumentException(count() + " vectors, " + other.count() + " others, " + weights.length
                    + " weights; equally many are needed");
        }
        Matrix sum = Matrix.zero(width, other.width);
        IntStream.range(0, (width + ROWS_A_TASK - 1) / ROWS_A_TASK).parallel().forEach(task ->
                addRows(task * ROWS_A_TASK, Math.min(width, (task + 1) * ROWS_A_TASK), other, weights, sum));
        return sum;
    }

    private void addRows(int firstRow, int endRow, Samples other, double[] weights, Matrix sum) {
        double[] factors = new double[TOGETHER];
        for (int first = 0; first < count(); first += TOGETHER) {
            int together = Math.min(TOGETHER, count() - first);
            for (int row = firstRow; row < endRow; row++) {
                boolean any = false;
                for (int at = 0; at < together; at++) {
                    factors[at] = weights[first + at] * values[(first + at) * width + row];
                    any |= factors[at] != 0;
                }
                // After a soft threshold most of them are zero.
                if (any) {
                    addScaled(factors, together, other, first, sum.values(), row * other.width);
                }
            }
        }
    }

    private static void addScaled(double[] factors, int together, Samples from, int first, double[] to, int at) {
        int width = from.width;
        double[] source = from.values;
        int start = first * width;
        if (together == TOGETHER) {
            double f0 = factors[0];
            double f1 = factors[1];
            double f2 = factors[2];
            double f3 = factors[3];
            for (int i = 0; i < width; i++) {
                to[at + i] += f0 * source[start + i] + f1 * source[start + width + i]
                        + f2 * source[start + 2 * width + i] + f3 * source[start + 3 * width + i];
            }
            return;
        }
        for (int vector = 0; vector < together; vector++) {
            for (int i = 0; i < width; i++) {
                to[at + i] += factors[vector] * source[start + vector * width + i];
            }
        }
    }

    /** Every vector as a row times a matrix of [width, columns]. */
    public Samples times(Matrix matrix) {
        if (matrix.rows() != width) {
            throw new IllegalArgumentException("vectors of " + width + " times " + matrix.rows() + "×"
                    + matrix.columns());
        }
        Samples product = zero(count(), matrix.columns());
        IntStream.range(0, (count() + VECTORS_A_TASK - 1) / VECTORS_A_TASK).parallel().forEach(task -> {
            int end = Math.min(count(), (task + 1) * VECTORS_A_TASK);
            for (int vector = task * VECTORS_A_TASK; vector < end; vector++) {
                multiply(vector, matrix, product);
            }
        });
        return product;
    }

    private void multiply(int vector, Matrix matrix, Samples product) {
        Samples rows = new Samples(matrix.columns(), matrix.values());
        double[] factors = new double[TOGETHER];
        for (int first = 0; first < width; first += TOGETHER) {
            int together = Math.min(TOGETHER, width - first);
            System.arraycopy(values, vector * width + first, factors, 0, together);
            addScaled(factors, together, rows, first, product.values, vector * product.width);
        }
    }

    /** The mean vector. */
    public double[] mean() {
        double[] mean = new double[width];
        for (int at = 0; at < values.length; at++) {
            mean[at % width] += values[at] / count();
        }
        return mean;
    }

    /** The sum of all squares. */
    public double energy() {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return sum;
    }

    /** This plus {@code factor} times others, vector by vector. */
    public Samples plus(double factor, Samples other) {
        Samples sum = new Samples(width, values.clone());
        for (int at = 0; at < values.length; at++) {
            sum.values[at] += factor * other.values[at];
        }
        return sum;
    }
}
