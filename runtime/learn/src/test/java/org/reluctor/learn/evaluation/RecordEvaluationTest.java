package org.reluctor.learn.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.NormalDraws;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.data.Channel;
import org.reluctor.learn.data.DataFormatException;
import org.reluctor.learn.measurement.Quantiser;
import org.reluctor.network.MeasurementMatrix;

class RecordEvaluationTest {
    /** Φ keeps the first three of four samples; the estimator answers 0 for the last. */
    private static final MeasurementMatrix PHI = MeasurementMatrix.dense(3, 4,
            new float[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0});
    private static final Estimator LOSES_LAST = (y, frames) -> {
        float[] x = new float[4 * frames];
        for (int frame = 0; frame < frames; frame++) {
            System.arraycopy(y, 3 * frame, x, 4 * frame, 3);
        }
        return x;
    };

    private static RecoveredSignal recover(float... samples) {
        return new RecordEvaluation(PHI, LOSES_LAST, Condition.CLEAN, 1).recover("r", new Channel("", "", 10, 2,
                samples));
    }

    @Test
    void recover_lengthNoMultiple_alignsTheLastWindowAndCountsItsRestOnly() {
        RecoveredSignal signal = recover(12, 14, 16, 18, 20, 22);
        assertArrayEquals(new int[] {0, 2}, signal.starts());
        assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, signal.truth(), "(sample − zero) / gain");
        assertArrayEquals(new double[] {1, 2, 3, 0, 5, 0}, signal.recovered(), "sample 3 stays with its first window");
        assertEquals(100 * Math.sqrt((16 + 36) / 91.0), signal.figures().prd(), 1e-9);
        // Mean 3.5.
        assertEquals(100 * Math.sqrt((16 + 36) / 17.5), signal.figures().prdn(), 1e-9);
        assertArrayEquals(new double[] {100 * Math.sqrt(16 / 30.0), 100 * Math.sqrt((16 + 36) / 86.0)},
                signal.windowPrds(), 1e-9);
    }

    @Test
    void recover_invalidSample_leavesItsWindowOut() {
        RecoveredSignal signal = recover(12, 14, 16, 18, 20, Float.NaN, 24, 26, 10, 12, 14, 16);
        assertArrayEquals(new int[] {0, 8}, signal.starts());
        assertEquals(100 * Math.sqrt((16 + 9) / 44.0), signal.figures().prd(), 1e-9);
    }

    @Test
    void recover_tooShort_isRefused() {
        assertTrue(assertThrows(DataFormatException.class, () -> recover(1, 2, 3)).getMessage()
                .contains("record r has 3 samples and no window of 4 valid ones"));
    }

    @Test
    void apply_noise_hasThePowerAskedForAndRepeats() {
        float[] clean = new float[30_000];
        NormalDraws draws = new NormalDraws(2);
        for (int at = 0; at < clean.length; at++) {
            clean[at] = (float) (5 * draws.next());
        }
        Condition condition = new Condition(Quantiser.FLOAT, 20);
        float[] noisy = clean.clone();
        condition.apply(noisy, 3, 7);
        double power = 0;
        double noise = 0;
        for (int at = 0; at < clean.length; at++) {
            power += clean[at] * clean[at];
            noise += (noisy[at] - clean[at]) * (noisy[at] - clean[at]);
        }
        assertEquals(20, 10 * Math.log10(power / noise), 0.1);
        float[] again = clean.clone();
        condition.apply(again, 3, 7);
        assertArrayEquals(noisy, again);
        condition.apply(again, 3, 8);
        assertNotEquals(Arrays.hashCode(noisy), Arrays.hashCode(again));
        assertEquals("float, 20 dB", condition.toString().replace("20.00", "20"));
    }

    @Test
    void linearRecovery_signalsOfASubspace_areRecoveredAndNoiseDampsThem() {
        // Signals on a line: one measurement tells all.
        Samples signals = Samples.zero(40, 4);
        NormalDraws draws = new NormalDraws(3);
        for (int vector = 0; vector < 40; vector++) {
            double along = draws.next();
            for (int at = 0; at < 4; at++) {
                signals.values()[4 * vector + at] = along * (at + 1);
            }
        }
        double[] weights = LinearRecovery.equal(40);
        Matrix covariance = signals.gram(signals, weights);
        float[] y = {2, 4, 6};
        float[] exact = new LinearRecovery(covariance, PHI,
                LinearRecovery.noise(signals, weights, PHI, Condition.CLEAN, 1)).recover(y, 1);
        assertArrayEquals(new float[] {2, 4, 6, 8}, exact, 1e-4f);
        float[] damped = new LinearRecovery(covariance, PHI,
                LinearRecovery.noise(signals, weights, PHI, new Condition(Quantiser.FLOAT, 0), 1)).recover(y, 1);
        assertTrue(damped[3] > 4 && damped[3] < 7.5, "with as much noise as signal: " + damped[3]);
    }
}
