package org.reluctor.learn.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Samples;

class DaubechiesBasisTest {
    @ParameterizedTest
    @CsvSource({"256, 5", "64, 6", "96, 3", "8, 3", "2, 1"})
    void matrix_anySize_isOrthonormal(int n, int levels) {
        Matrix psi = new DaubechiesBasis(n, levels).matrix();
        Matrix product = psi.transposed().times(psi);
        for (int at = 0; at < n * n; at++) {
            assertEquals(at / n == at % n ? 1 : 0, product.values()[at], 1e-12);
        }
    }

    @Test
    void matrix_ramp_hasNoDetailsButAtTheSeam() {
        // Two vanishing moments: a straight line has details only where the period ends.
        int n = 64;
        double[] ramp = new double[n];
        for (int at = 0; at < n; at++) {
            ramp[at] = 3 + 0.5 * at;
        }
        DaubechiesBasis basis = new DaubechiesBasis(n, 1);
        double[] coefficients = new Samples(n, ramp).times(basis.matrix()).values();
        for (int at = n / 2; at < n - 1; at++) {
            assertEquals(0, coefficients[at], 1e-12);
        }
        assertEquals(1, Math.signum(Math.abs(coefficients[n - 1]) - 1), "the seam shows");
    }

    @Test
    void levelOf_coefficients_followsTheLayout() {
        DaubechiesBasis basis = new DaubechiesBasis(16, 2);
        int[] expected = {0, 0, 0, 0, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1};
        for (int at = 0; at < 16; at++) {
            assertEquals(expected[at], basis.levelOf(at), "coefficient " + at);
        }
    }

    @Test
    void constructor_lengthThatDoesNotHalve_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new DaubechiesBasis(100, 3));
        assertThrows(IllegalArgumentException.class, () -> new DaubechiesBasis(64, 0));
    }
}
