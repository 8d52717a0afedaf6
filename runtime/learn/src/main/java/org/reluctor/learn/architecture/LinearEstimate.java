package org.reluctor.learn.architecture;

import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.PositiveDefinite;
import org.reluctor.network.MeasurementMatrix;

/**
 * The best linear recovery of a signal from its measurements (linear MMSE): for signals of covariance C, measured as
 * y = Φx with independent noise of variance ε, W = CΦᵀ(ΦCΦᵀ + εI)⁻¹. Small noise makes W nearly a right inverse of
 * Φ, so that ΦWy ≈ y: what makes it a data-consistency step, too.
 *
 * @param matrix W, n×m
 * @param error  mean squared error E‖x − Wy‖² in the units of C
 */
public record LinearEstimate(Matrix matrix, double error) {
    /**
     * Solves for W in float64.
     *
     * @param covariance E[xxᵀ], n×n; means are not subtracted
     * @param noise      variance ε of the noise on each measurement, in the units of the covariance; above 0 where Φ
     *                       could have dependent rows
     */
    public static LinearEstimate of(Matrix covariance, MeasurementMatrix measurement, double noise) {
        Matrix phi = Matrix.of(measurement);
        Matrix phiC = phi.times(covariance);
        Matrix system = phiC.times(phi.transposed()).plusDiagonal(noise);
        Matrix transposed = PositiveDefinite.solve(system, phiC);
        double explained = 0;
        for (int at = 0; at < transposed.values().length; at++) {
            explained += transposed.values()[at] * phiC.values()[at];
        }
        return new LinearEstimate(transposed.transposed(), covariance.trace() - explained);
    }

    /**
     * How a number that depends on Φ through W changes with Φ: its gradient with respect to Φ, m×n, given the one with
     * respect to W. With A = ∂L/∂W, G = ΦCΦᵀ + εI and S = WᵀAG⁻¹ it is G⁻¹AᵀC − (S + Sᵀ)ΦC.
     *
     * @param byW n×m
     */
    public static Matrix gradient(Matrix covariance, MeasurementMatrix measurement, double noise, Matrix byW) {
        Matrix phi = Matrix.of(measurement);
        Matrix phiC = phi.times(covariance);
        Matrix system = phiC.times(phi.transposed()).plusDiagonal(noise);
        Matrix transposed = PositiveDefinite.solve(system, phiC);
        Matrix solved = PositiveDefinite.solve(system, byW.transposed());
        Matrix s = transposed.times(solved.transposed());
        return solved.times(covariance).plus(-1, s.plus(1, s.transposed()).times(phiC));
    }
}
