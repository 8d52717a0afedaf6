package org.reluctor.devicetests.soak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TheilSenTest {
    private static final int MINUTES = 50;
    private static final int TRIALS = 400;

    private final Random random = new Random(4);

    private static double[] hours(int minutes) {
        double[] hours = new double[minutes];
        Arrays.setAll(hours, i -> i / 60.0);
        return hours;
    }

    /** Of that slope an hour, with noise in which each value keeps so much of the one before. */
    private double[] noisy(double slope, double kept) {
        double[] hours = hours(MINUTES);
        double[] values = new double[MINUTES];
        double noise = 0;
        for (int i = 0; i < MINUTES; i++) {
            noise = kept * noise + Math.sqrt(1 - kept * kept) * random.nextGaussian();
            values[i] = 200 + slope * hours[i] + 0.5 * noise;
        }
        return values;
    }

    @Test
    void of_sensOwnExample_isHisSlopeAndInterval() {
        // Sen (1968), section 7: slope 4; from Kendall's table for n = 7, the 4th and the 18th of 21 slopes.
        TheilSen found = TheilSen.of(new double[] {1, 2, 3, 4, 10, 12, 18}, new double[] {9, 15, 19, 20, 45, 55, 78});
        assertEquals(4, found.slope());
        assertEquals(26 / 7.0, found.low(), 1e-12);
        assertEquals(35 / 8.0, found.high(), 1e-12);
        assertFalse(found.containsZero());
    }

    @Test
    void of_tiedValues_isWhatTheFormulaGivesByHand() {
        // V = (10·9·25 − 2·1·9 − 3·2·11)/18 = 120.33, C = 21, M = 12: the 12th and the 34th of 45 slopes.
        double[] times = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        TheilSen found = TheilSen.of(times, new double[] {3, 3, 5, 4, 6, 6, 6, 8, 7, 9});
        assertEquals(0.6, found.slope(), 1e-12);
        assertEquals(1 / 3.0, found.low(), 1e-12);
        assertEquals(5 / 6.0, found.high(), 1e-12);
    }

    @Test
    void of_constant_isZeroThroughout() {
        double[] values = new double[MINUTES];
        Arrays.fill(values, 31);
        assertEquals(new TheilSen(0, 0, 0, MINUTES), TheilSen.of(hours(MINUTES), values));
        assertEquals(new TheilSen(0, 0, 0, MINUTES), TheilSen.ofCorrelated(hours(MINUTES), values));
    }

    @Test
    void of_independentNoise_intervalHoldsTheSlopeInAboutNineteenOfTwenty() {
        int held = 0;
        for (int i = 0; i < TRIALS; i++) {
            TheilSen found = TheilSen.of(hours(MINUTES), noisy(2, 0));
            held += found.low() <= 2 && found.high() >= 2 ? 1 : 0;
        }
        // 380 are expected, with a deviation of 4.4.
        assertTrue(held >= 362 && held <= 398, held + " of " + TRIALS);
    }

    @Test
    void ofCorrelated_correlatedNoise_intervalIsWidenedInPlaceOfFindingASlopeThatIsNone() {
        int held = 0;
        for (int i = 0; i < TRIALS; i++) {
            TheilSen found = TheilSen.ofCorrelated(hours(MINUTES), noisy(0, 0.7));
            held += found.containsZero() ? 1 : 0;
        }
        // Without the correction about 255.
        assertTrue(held >= 350, held + " of " + TRIALS);
    }

    @Test
    void of_outliers_slopeStaysWhereItWas() {
        double[] hours = hours(MINUTES);
        double[] values = new double[MINUTES];
        Arrays.setAll(values, i -> i % 5 == 0 ? 900 : 100 + 2 * hours[i]);
        assertEquals(2, TheilSen.of(hours, values).slope(), 0.2);
    }

    @Test
    void of_tooFewOrUnorderedPoints_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> TheilSen.of(new double[4], new double[4]));
        assertThrows(IllegalArgumentException.class, () -> TheilSen.of(new double[5], new double[6]));
        assertThrows(IllegalArgumentException.class, () -> TheilSen.of(new double[] {1, 2, 3, 3, 4}, new double[5]));
    }
}
