package org.reluctor.learn.measurement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.architecture.LinearEstimate;
import org.reluctor.learn.training.TrainingProgress;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.SplitMix64;

class SparseBinaryDesignTest {
    private static final int N = 32;
    private static final int M = 10;
    private static final double NOISE = 1e-6;
    private static final double[] WEIGHTS = {0.1, 0.2, 0.3, 0.4, 0.5};

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
                OneMove move = new OneMove(column, OneMove.NONE, from, to);
                double change = state.change(move);
                state.move(move);
                move.apply(ones, N);
                assertEquals(error(ones), state.error(), 1e-8 * before, "after " + moves + " moves");
                assertEquals(state.error() - before, change, 1e-8 * before);
                moves++;
            }
        }
        double drifted = state.error();
        state.settle(NOISE);
        assertEquals(drifted, state.error(), 1e-8 * drifted);
    }

    @Test
    void change_anyExchange_isTheDifferenceOfTheTwoErrorsAndOfTheTwoRoundingNoises() {
        SparseOnes ones = SparseOnes.of(MeasurementMatrix.sparseBinary(M, N, 3, 5));
        SplitMix64 random = new SplitMix64(3);
        LinearErrorState state = new LinearErrorState(ones.entries(), covariance(), NOISE);
        RoundingNoise rounding = new RoundingNoise(ones.entries(), signals(), WEIGHTS, 255);
        for (int exchanges = 0; exchanges < 100; ) {
            OneMove move = ones.exchange(random);
            if (move != null) {
                final double before = state.error();
                final double quiet = rounding.variance();
                final double change = state.change(move);
                final double noisier = rounding.change(move);
                state.move(move);
                rounding.move(move);
                ones.apply(move);
                assertEquals(error(ones.entries()), before + change, 1e-8 * before, "after " + exchanges);
                assertEquals(error(ones.entries()), state.error(), 1e-8 * before);
                double noise = noise(ones.matrix());
                assertEquals(noise, quiet + noisier, 1e-9 * noise);
                assertEquals(noise, rounding.variance(), 1e-9 * noise);
                exchanges++;
            }
        }
    }

    /** Of the quantiser's own steps. */
    private static double noise(MeasurementMatrix phi) {
        double sum = 0;
        float[] x = new float[N];
        float[] y = new float[M];
        for (int window = 0; window < WEIGHTS.length; window++) {
            for (int at = 0; at < N; at++) {
                x[at] = (float) signals().values()[window * N + at];
            }
            phi.measure(x, 0, y, 0);
            Arrays.sort(y);
            double step = (y[M - 1] - (double) y[0]) / 255;
            sum += WEIGHTS[window] * step * step / 12;
        }
        return sum;
    }

    /** Sums of eighths below 2²⁰ have no rounding error in float32. */
    private static Samples signals() {
        Samples signals = Samples.zero(WEIGHTS.length, N);
        SplitMix64 random = new SplitMix64(8);
        Arrays.setAll(signals.values(), at -> random.bounded(64) / 8.0);
        return signals;
    }

    @Test
    void improve_signalsWithAnOffset_levelsRowsAndLowersTheErrorOfRoundedMeasurements() {
        Samples signals = signals();
        Arrays.setAll(signals.values(), at -> signals.values()[at] + 100);
        SparseBinaryDesign design = new SparseBinaryDesign(covariance(), NOISE, new SparseBinaryDesign.Rounding(signals,
                WEIGHTS, 255, 1), new SparseBinaryDesign.Options(20_000, 1e-2, 1e-5, 9));
        MeasurementMatrix start = MeasurementMatrix.sparseBinary(M, N, 3, 5);
        SparseBinaryDesign.Result result = design.improve(start, TrainingProgress.SILENT);
        int[] counts = new int[M];
        for (int column = 0; column < N; column++) {
            Arrays.stream(result.matrix().rowsOfColumn(column)).forEach(row -> counts[row]++);
        }
        // 96 ones in 10 rows.
        assertTrue(Arrays.stream(counts).allMatch(count -> count == 9 || count == 10), Arrays.toString(counts));
        assertTrue(result.error() < 0.8 * result.before(), result::toString);
        assertEquals(result.matrix(), design.improve(start, TrainingProgress.SILENT).matrix(), "the same seed");
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
