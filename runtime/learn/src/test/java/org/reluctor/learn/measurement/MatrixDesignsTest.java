package org.reluctor.learn.measurement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.architecture.LinearEstimate;
import org.reluctor.network.MeasurementMatrix;

class MatrixDesignsTest {
    @Test
    void gaussian_entries_haveVarianceOneOverM() {
        MeasurementMatrix matrix = MatrixDesigns.gaussian(100, 200, 4);
        double sum = 0;
        double squares = 0;
        for (float entry : matrix.toArray()) {
            sum += entry;
            squares += entry * entry;
        }
        // Twenty thousand draws: the deviation of the mean is 0.0007, of the variance 1 %.
        assertEquals(0, sum / 20_000, 0.003);
        assertEquals(0.01, squares / 20_000, 0.0004);
        assertEquals(matrix, MatrixDesigns.gaussian(100, 200, 4));
        assertNotEquals(matrix, MatrixDesigns.gaussian(100, 200, 5));
    }

    @Test
    void rowOrthonormal_rows_areOrthonormal() {
        Matrix phi = Matrix.of(MatrixDesigns.rowOrthonormal(20, 33, 7));
        Matrix gram = phi.times(phi.transposed());
        for (int at = 0; at < 400; at++) {
            assertEquals(at / 20 == at % 20 ? 1 : 0, gram.values()[at], 1e-6);
        }
        assertEquals(MatrixDesigns.rowOrthonormal(20, 33, 7), MatrixDesigns.rowOrthonormal(20, 33, 7));
        assertThrows(IllegalArgumentException.class, () -> MatrixDesigns.rowOrthonormal(34, 33, 7));
    }

    @Test
    void karhunenLoeve_error_isTheSumOfTheOtherEigenvalues() {
        // Eigenvalues 1 to 6 in a rotated basis.
        Matrix basis = Matrix.of(MatrixDesigns.rowOrthonormal(6, 6, 2));
        Matrix values = Matrix.zero(6, 6);
        for (int at = 0; at < 6; at++) {
            values.values()[7 * at] = at + 1;
        }
        Matrix covariance = basis.transposed().times(values).times(basis);
        MeasurementMatrix sampling = MatrixDesigns.karhunenLoeve(covariance, 2);
        assertEquals(1 + 2 + 3 + 4, LinearEstimate.of(covariance, sampling, 1e-12).error(), 1e-5);
    }
}
