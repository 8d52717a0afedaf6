package org.reluctor.learn.measurement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.architecture.LinearEstimate;
import org.reluctor.learn.training.TrainingProgress;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.SplitMix64;

class SparseBinaryDesignTest {
    private static final int N = 32;
    private static final int M = 10;
    private static final double NOISE = 1e-6;

    /** A first-order autoregressive process, as smooth signals are. */
    private static Matrix covariance() {
        Matrix covariance = Matrix.zero(N, N);
        for (int at = 0; at < N * N; at++) {
            covariance.values()[at] = Math.pow(0.95, Math.abs(at / N - at % N)) * (1 + at / N % 3) * (1 + at % N % 3);
        }
        return covariance;
    }

    private static double error(boolean[] ones) {
        float[] entries = new float[ones.length];
        for (int at = 0; at < ones.length; at++) {
            entries[at] = ones[at] ? 1 : 0;
        }
        return LinearEstimate.of(covariance(), MeasurementMatrix.dense(M, N, entries), NOISE).error();
    }

    private static boolean[] ones(MeasurementMatrix matrix) {
        boolean[] ones = new boolean[M * N];
        for (int at = 0; at < ones.length; at++) {
            ones[at] = matrix.at(at / N, at % N) == 1;
        }
        return ones;
    }

    @Test
    void change_anyMove_isTheDifferenceOfTheTwoErrors() {
        boolean[] ones = ones(MeasurementMatrix.sparseBinary(M, N, 3, 5));
        LinearErrorState state = new LinearErrorState(ones, covariance(), NOISE);
        SplitMix64 random = new SplitMix64(3);
        for (int moves = 0; moves < 300; ) {
            int column = (int) random.bounded(N);
            int from = (int) random.bounded(M);
            int to = (int) random.bounded(M);
            if (ones[from * N + column] && !ones[to * N + column]) {
                double before = state.error();
                double change = state.change(column, from, to);
                state.move(column, from, to);
                assertEquals(error(ones), state.error(), 1e-8 * before, "after " + moves + " moves");
                assertEquals(state.error() - before, change, 1e-8 * before);
                moves++;
            }
        }
        double drifted = state.error();
        state.settle();
        assertEquals(drifted, state.error(), 1e-8 * drifted);
    }

    @Test
    void improve_smoothSignals_beatsARandomMatrixAndKeepsItsOnes() {
        MeasurementMatrix start = MeasurementMatrix.sparseBinary(M, N, 3, 5);
        SparseBinaryDesign design = new SparseBinaryDesign(covariance(), NOISE,
                new SparseBinaryDesign.Options(40_000, 1e-2, 1e-5, 9));
        SparseBinaryDesign.Result result = design.improve(start, TrainingProgress.SILENT);
        assertEquals(3, result.matrix().onesPerColumn());
        assertEquals(error(ones(start)), result.before(), 1e-9 * result.before());
        assertEquals(error(ones(result.matrix())), result.error(), 1e-9 * result.before());
        double best = LinearEstimate.of(covariance(), MatrixDesigns.karhunenLoeve(covariance(), M), NOISE).error();
        assertTrue(best < result.error(), "no Φ beats the Karhunen–Loève sampling");
        assertTrue(result.error() < 0.7 * result.before(), result::toString);
        assertEquals(result.matrix(), design.improve(start, TrainingProgress.SILENT).matrix(), "the same seed");
    }

    @Test
    void improve_denseMatrix_isRefused() {
        SparseBinaryDesign design = new SparseBinaryDesign(covariance(), NOISE, SparseBinaryDesign.Options.MINUTE);
        assertTrue(assertThrows(IllegalArgumentException.class,
                () -> design.improve(MatrixDesigns.gaussian(M, N, 1), TrainingProgress.SILENT)).getMessage()
                .contains("right is sparse binary of 32 columns"));
        assertThrows(IllegalArgumentException.class, () -> new SparseBinaryDesign.Options(1, 1e-6, 1e-3, 1));
    }
}
