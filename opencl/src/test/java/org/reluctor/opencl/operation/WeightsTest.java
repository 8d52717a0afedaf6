package org.reluctor.opencl.operation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.reluctor.opencl.tuning.KernelForm;

class WeightsTest {
    /** 3 × 2, and its transpose. */
    private static final float[] W = {1, 2, 3, 4, 5, 6};
    private static final float[] TRANSPOSED = {1, 3, 5, 2, 4, 6};

    @Test
    void pack_panel_putsSixteenRowsOfAColumnTogetherAndFillsWithZero() {
        float[] packed = Weights.pack(KernelForm.PANEL, W, 3, 2, false);
        float[] expected = new float[32];
        expected[0] = 1;
        expected[1] = 3;
        expected[2] = 5;
        expected[16] = 2;
        expected[17] = 4;
        expected[18] = 6;
        assertArrayEquals(expected, packed);
    }

    @Test
    void pack_panelOfMoreThanSixteenRows_startsAnotherPanel() {
        float[] matrix = new float[17];
        matrix[16] = 9;
        float[] packed = Weights.pack(KernelForm.PANEL, matrix, 17, 1, false);
        assertEquals(32, packed.length);
        assertEquals(9, packed[16]);
    }

    @Test
    void pack_plain_isColumnMajor() {
        assertArrayEquals(TRANSPOSED, Weights.pack(KernelForm.PLAIN, W, 3, 2, false));
    }

    @Test
    void pack_transposed_givesTheSame() {
        for (KernelForm form : KernelForm.values()) {
            assertArrayEquals(Weights.pack(form, W, 3, 2, false), Weights.pack(form, TRANSPOSED, 3, 2, true));
        }
    }

    @Test
    void pack_wrongLength_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> Weights.pack(KernelForm.PANEL, W, 2, 2, false));
    }
}
