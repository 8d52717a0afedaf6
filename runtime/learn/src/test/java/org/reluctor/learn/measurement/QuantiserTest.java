package org.reluctor.learn.measurement;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reluctor.learn.algebra.NormalDraws;
import org.reluctor.learn.algebra.Samples;

class QuantiserTest {
    @Test
    void apply_int8_hasItsOwnScaleAWindow() {
        float[] y = {127, 0.4f, -63.6f, 1270, 4, -636};
        Quantiser.INT8.apply(y, 3);
        assertArrayEquals(new float[] {127, 0, -64, 1270, 0, -640}, y);
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
    @CsvSource({"INT16, 32767", "INT12, 2047", "INT8, 127", "INT6, 31"})
    void apply_anyWidth_errsByAtMostHalfAStepAndIsIdempotent(Quantiser quantiser, int levels) {
        NormalDraws draws = new NormalDraws(levels);
        Samples y = Samples.zero(50, 20);
        for (int at = 0; at < y.values().length; at++) {
            y.values()[at] = (float) draws.next();
        }
        Samples quantised = quantiser.apply(y);
        for (int window = 0; window < 50; window++) {
            double largest = 0;
            for (int at = window * 20; at < window * 20 + 20; at++) {
                largest = Math.max(largest, Math.abs(y.values()[at]));
            }
            for (int at = window * 20; at < window * 20 + 20; at++) {
                assertEquals(y.values()[at], quantised.values()[at], 0.5001 * largest / levels + 1e-6 * largest);
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
