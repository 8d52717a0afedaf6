package org.reluctor.opencl.operation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class WeightsTest {
    /** 3 × 2, and its transpose. */
    private static final float[] W = {1, 2, 3, 4, 5, 6};
    private static final float[] TRANSPOSED = {1, 3, 5, 2, 4, 6};

    private static Weights pack(KernelForm kernel, WeightFormat format, float[] matrix, int rows, int columns,
            boolean transposed) {
        ProductForm form = kernel == KernelForm.PANEL ? ProductForm.panel(format) : ProductForm.PLAIN;
        return Weights.pack(form, matrix, rows, columns, transposed);
    }

    private static float[] floats(Weights weights) {
        float[] floats = new float[weights.words().length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = Float.intBitsToFloat(weights.words()[i]);
        }
        return floats;
    }

    @Test
    void pack_panel_putsSixteenRowsOfAColumnTogetherAndFillsWithZero() {
        float[] expected = new float[32];
        expected[0] = 1;
        expected[1] = 3;
        expected[2] = 5;
        expected[16] = 2;
        expected[17] = 4;
        expected[18] = 6;
        assertArrayEquals(expected, floats(pack(KernelForm.PANEL, WeightFormat.FLOAT32, W, 3, 2, false)));
    }

    @Test
    void pack_panelOfMoreThanSixteenRows_startsAnotherPanel() {
        float[] matrix = new float[17];
        matrix[16] = 9;
        float[] packed = floats(pack(KernelForm.PANEL, WeightFormat.FLOAT32, matrix, 17, 1, false));
        assertEquals(32, packed.length);
        assertEquals(9, packed[16]);
    }

    @Test
    void pack_plain_isColumnMajor() {
        assertArrayEquals(TRANSPOSED, floats(pack(KernelForm.PLAIN, WeightFormat.FLOAT32, W, 3, 2, false)));
    }

    @Test
    void pack_transposed_givesTheSame() {
        for (WeightFormat format : WeightFormat.values()) {
            assertArrayEquals(pack(KernelForm.PANEL, format, W, 3, 2, false).words(),
                    pack(KernelForm.PANEL, format, TRANSPOSED, 3, 2, true).words());
        }
    }

    @Test
    void pack_bfloat16_putsTwoInAWordRoundedToNearestEven() {
        float[] matrix = {1 + 0x1p-8f, 1 + 0x1.8p-7f, -2, 0};
        int[] words = pack(KernelForm.PANEL, WeightFormat.BFLOAT16, matrix, 4, 1, false).words();
        assertEquals(0x3F80, words[0] & 0xFFFF, "a tie goes to the even neighbour, 1");
        assertEquals(0x3F82, words[0] >>> 16, "a tie goes to the even neighbour, 1 + 2^-6");
        assertEquals(0xC000, words[1]);
    }

    @Test
    void pack_int8_scalesEachRowByItsLargest() {
        float[] matrix = {127, -63.4f, 0.5f, 0.25f};
        Weights weights = pack(KernelForm.PANEL, WeightFormat.INT8, matrix, 2, 2, false);
        assertEquals(1, weights.scales()[0]);
        assertEquals(0.5f / 127, weights.scales()[1]);
        assertEquals(127, weights.words()[0] & 0xFF);
        assertEquals(-63, (byte) weights.words()[4], "second column of the first row");
        assertEquals(64, weights.words()[4] >> 8 & 0xFF, "second column of the second row");
    }

    @Test
    void rounded_float16_isWithinHalfAStepEverywhere() {
        for (int exponent = -14; exponent < 16; exponent++) {
            for (float mantissa = 1; mantissa < 2; mantissa += 0x1.3p-9f) {
                float weight = Math.scalb(mantissa, exponent);
                if (weight < 65504) {
                    float rounded = Weights.rounded(WeightFormat.FLOAT16, new float[] {weight}, 1, 1, false)[0];
                    assertEquals(weight, rounded, Math.scalb(0x1p-11f, exponent), () -> "of " + weight);
                }
            }
        }
        assertEquals(0x1p-24f, Weights.rounded(WeightFormat.FLOAT16, new float[] {0x1.1p-24f}, 1, 1, false)[0]);
        assertEquals(Float.POSITIVE_INFINITY,
                Weights.rounded(WeightFormat.FLOAT16, new float[] {70000}, 1, 1, false)[0]);
    }

    @Test
    void holds_weightsAtTheEndOfAFormat_onlyWhatStaysFinite() {
        assertTrue(WeightFormat.FLOAT16.holds(-65504) && WeightFormat.FLOAT16.holds(65519));
        assertFalse(WeightFormat.FLOAT16.holds(65520) || WeightFormat.FLOAT16.holds(-70000));
        assertTrue(WeightFormat.BFLOAT16.holds(70000) && WeightFormat.BFLOAT16.holds(3.38e38f));
        assertFalse(WeightFormat.BFLOAT16.holds(Float.MAX_VALUE));
        for (WeightFormat format : List.of(WeightFormat.FLOAT32, WeightFormat.INT8)) {
            assertTrue(format.holds(Float.MAX_VALUE), format.name());
        }
        assertTrue(WeightFormat.FLOAT16.holds(Float.NEGATIVE_INFINITY), "it was none before");
    }

    @Test
    void pack_wrongLength_isRefused() {
        assertThrows(IllegalArgumentException.class,
                () -> pack(KernelForm.PANEL, WeightFormat.FLOAT32, W, 2, 2, false));
    }
}
