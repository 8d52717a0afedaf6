package org.reluctor.learn.measurement;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reluctor.learn.algebra.NormalDraws;
import org.reluctor.learn.algebra.Samples;

class QuantiserTest {
    @Test
    void apply_int8_hasItsOwnRangeAWindow() {
        float[] y = {127, 0.4f, -63.6f, -128, 1270, 4, -636, -1280};
        Quantiser.INT8.apply(y, 4);
        assertArrayEquals(new float[] {127, 0, -64, -128, 1270, 0, -640, -1280}, y);
    }

    @Test
    void apply_int8_offsetOfAWindowCostsNothing() {
        float[] y = {-0.5f, 12.2f, 254.5f};
        float[] shifted = {999.5f, 1012.2f, 1254.5f};
        Quantiser.INT8.apply(y, 3);
        Quantiser.INT8.apply(shifted, 3);
        assertArrayEquals(new float[] {-0.5f, 12.5f, 254.5f}, y);
        assertArrayEquals(new float[] {999.5f, 1012.5f, 1254.5f}, shifted);
    }

    @Test
    void apply_float_changesNothing() {
        float[] y = {0.1f, 49_000, -3};
        Quantiser.FLOAT.apply(y, 3);
        assertArrayEquals(new float[] {0.1f, 49_000, -3}, y);
    }

    @Test
    void apply_zeros_stayZero() {
        float[] y = new float[4];
        Quantiser.INT16.apply(y, 2);
        assertArrayEquals(new float[4], y);
    }

    @ParameterizedTest
    @CsvSource({"INT16, 65535", "INT12, 4095", "INT8, 255", "INT6, 63"})
    void apply_anyWidth_errsByAtMostHalfAStepAndIsIdempotent(Quantiser quantiser, int levels) {
        NormalDraws draws = new NormalDraws(levels);
        Samples y = Samples.zero(50, 20);
        for (int at = 0; at < y.values().length; at++) {
            y.values()[at] = (float) draws.next();
        }
        Samples quantised = quantiser.apply(y);
        for (int window = 0; window < 50; window++) {
            DoubleSummaryStatistics range = Arrays.stream(y.values(), window * 20, window * 20 + 20)
                    .summaryStatistics();
            double width = range.getMax() - range.getMin();
            for (int at = window * 20; at < window * 20 + 20; at++) {
                assertEquals(y.values()[at], quantised.values()[at], 0.5001 * width / levels + 1e-6 * width);
            }
        }
        assertArrayEquals(quantised.values(), quantiser.apply(quantised).values(), 1e-6);
    }

    @Test
    void of_name_knowsAllAndNamesThem() {
        assertEquals(Quantiser.INT12, Quantiser.of("int12"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Quantiser.of("int7")).getMessage()
                .contains("right is one of float, int16, int12, int8, int6"));
    }
}
