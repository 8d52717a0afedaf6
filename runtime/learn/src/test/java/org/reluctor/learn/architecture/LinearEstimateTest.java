package org.reluctor.learn.architecture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.network.MeasurementMatrix;

class LinearEstimateTest {
    @Test
    void of_twoSamplesOneMeasurement_equalsTheFormulaByHand() {
        // C = [[4, 1], [1, 2]], Φ = [1 1]: CΦᵀ = [5, 3], ΦCΦᵀ = 8, with ε = 2: W = [0.5, 0.3], error = 6 - (25+9)/10.
        MeasurementMatrix phi = MeasurementMatrix.dense(1, 2, new float[] {1, 1});
        LinearEstimate estimate = LinearEstimate.of(Matrix.of(2, 2, 4, 1, 1, 2), phi, 2);
        assertArrayEquals(new double[] {0.5, 0.3}, estimate.matrix().values(), 1e-12);
        assertEquals(2.6, estimate.error(), 1e-12);
    }

    @Test
    void of_anyOtherMatrix_hasTheLargerError() {
        Random random = new Random(3);
        Matrix factor = Matrix.of(8, 8, random.doubles(64, -1, 1).toArray());
        Matrix covariance = factor.times(factor.transposed());
        MeasurementMatrix phi = MeasurementMatrix.sparseBinary(4, 8, 2, 1);
        LinearEstimate best = LinearEstimate.of(covariance, phi, 0.01);
        assertEquals(best.error(), errorOf(best.matrix(), covariance, phi, 0.01), 1e-10);
        for (int trial = 0; trial < 20; trial++) {
            Matrix other = best.matrix().plus(0.01, Matrix.of(8, 4, random.doubles(32, -1, 1).toArray()));
            assertTrue(errorOf(other, covariance, phi, 0.01) > best.error());
        }
    }

    @Test
    void of_smallNoise_isConsistentWithTheMeasurements() {
        Random random = new Random(5);
        Matrix factor = Matrix.of(8, 8, random.doubles(64, -1, 1).toArray());
        MeasurementMatrix phi = MeasurementMatrix.rademacher(3, 8, 1);
        Matrix w = LinearEstimate.of(factor.times(factor.transposed()), phi, 1e-12).matrix();
        assertArrayEquals(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, Matrix.of(phi).times(w).values(), 1e-9);
    }

    @Test
    void gradient_numberThatDependsOnW_equalsFiniteDifferences() {
        Random random = new Random(7);
        Matrix factor = Matrix.of(8, 8, random.doubles(64, -1, 1).toArray());
        Matrix covariance = factor.times(factor.transposed());
        Matrix byW = Matrix.of(8, 3, random.doubles(24, -1, 1).toArray());
        // Eighths, so that steps are exact in float32.
        float[] entries = new float[24];
        for (int at = 0; at < entries.length; at++) {
            entries[at] = (random.nextInt(17) - 8) / 8f;
        }
        double step = 0x1p-14;
        Matrix gradient = LinearEstimate.gradient(covariance, MeasurementMatrix.dense(3, 8, entries), 0.5, byW);
        for (int at = 0; at < entries.length; at++) {
            float before = entries[at];
            entries[at] = (float) (before + step);
            double above = number(covariance, entries, byW);
            entries[at] = (float) (before - step);
            double below = number(covariance, entries, byW);
            entries[at] = before;
            assertEquals((above - below) / (2 * step), gradient.values()[at], 1e-6);
        }
    }

    private static double number(Matrix covariance, float[] phi, Matrix byW) {
        return LinearEstimate.of(covariance, MeasurementMatrix.dense(3, 8, phi), 0.5).matrix().dot(byW);
    }

    /** E‖x − W(Φx + e)‖², written out. */
    private static double errorOf(Matrix w, Matrix covariance, MeasurementMatrix phi, double noise) {
        Matrix rest = w.times(Matrix.of(phi)).plus(-1, Matrix.zero(8, 8).plusDiagonal(1));
        return rest.times(covariance).times(rest.transposed()).trace() + noise * w.times(w.transposed()).trace();
    }
}
