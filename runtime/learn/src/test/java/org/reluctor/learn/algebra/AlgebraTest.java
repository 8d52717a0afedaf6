package org.reluctor.learn.algebra;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AlgebraTest {
    private final Random random = new Random(7);

    @Test
    void times_matrices_equalsTheTripleSum() {
        Matrix a = random(3, 4);
        Matrix b = random(4, 5);
        Matrix product = a.times(b);
        for (int at = 0; at < 15; at++) {
            double sum = 0;
            for (int inner = 0; inner < 4; inner++) {
                sum += a.at(at / 5, inner) * b.at(inner, at % 5);
            }
            assertEquals(sum, product.values()[at], 1e-12);
        }
    }

    @Test
    void solve_positiveDefinite_givesBackTheUnknown() {
        Matrix factor = random(6, 6);
        Matrix system = factor.times(factor.transposed()).plusDiagonal(0.1);
        Matrix unknown = random(6, 2);
        assertArrayEquals(unknown.values(), PositiveDefinite.solve(system, system.times(unknown)).values(), 1e-9);
    }

    @Test
    void solve_indefinite_isRefused() {
        Matrix indefinite = Matrix.of(2, 2, 1, 2, 2, 1);
        assertThrows(ArithmeticException.class, () -> PositiveDefinite.solve(indefinite, random(2, 1)));
    }

    @Test
    void gram_anyCount_equalsTheMatrixProduct() {
        // 18 wide is more than one task, 7 vectors are not a multiple of those taken together.
        Samples left = new Samples(18, random(7, 18).values());
        Samples right = new Samples(5, random(7, 5).values());
        double[] weights = random(1, 7).values();
        Matrix weighted = Matrix.of(7, 18, left.values().clone());
        for (int at = 0; at < weighted.values().length; at++) {
            weighted.values()[at] *= weights[at / 18];
        }
        assertArrayEquals(weighted.transposed().times(Matrix.of(7, 5, right.values())).values(),
                left.gram(right, weights).values(), 1e-12);
    }

    @Test
    void times_samples_equalsTheMatrixProduct() {
        Samples samples = new Samples(6, random(300, 6).values());
        Matrix matrix = random(6, 9);
        assertArrayEquals(Matrix.of(300, 6, samples.values()).times(matrix).values(), samples.times(matrix).values(),
                1e-12);
    }

    private Matrix random(int rows, int columns) {
        return Matrix.of(rows, columns, random.doubles(rows * columns, -1, 1).toArray());
    }
}
