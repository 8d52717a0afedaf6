package org.reluctor.stream.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChiSquaredTest {
    /** From published tables. */
    @ParameterizedTest
    @CsvSource({"1, 0.00393214", "2, 0.10258659", "5, 1.145476", "10, 3.940299", "16, 7.961646", "30, 18.49266",
        "100, 77.92947"})
    void quantile_fivePercent_isThatOfTables(int degrees, double expected) {
        assertEquals(expected, ChiSquared.quantile(degrees, 0.05), 1e-6 * expected);
    }

    /** Of two degrees of freedom it is 1 − e^(−q/2). */
    @ParameterizedTest
    @ValueSource(doubles = {1e-9, 0.01, 0.3, 1, 2, 4})
    void below_twoDegrees_isExponential(double q) {
        assertEquals(-Math.expm1(-q / 2), ChiSquared.below(2, q), 1e-15);
    }

    @Test
    void quantile_ofAProbability_isFallenBelowWithIt() {
        for (int degrees = 1; degrees <= 256; degrees++) {
            for (double probability : new double[] {0.001, 0.05, 0.5}) {
                assertEquals(probability, ChiSquared.below(degrees, ChiSquared.quantile(degrees, probability)), 1e-12);
            }
        }
    }
}
