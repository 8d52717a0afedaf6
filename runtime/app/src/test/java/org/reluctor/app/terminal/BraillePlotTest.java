package org.reluctor.app.terminal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class BraillePlotTest {
    @Test
    void draw_rampOfEightDots_climbsFromBottomLeftToTopRight() {
        // 4 dot rows, 8 dot columns: two columns a step, joined where they step.
        assertArrayEquals(new String[] {"⣀⠤⠒⠉"}, BraillePlot.draw(new float[] {0, 0, 1, 1, 2, 2, 3, 3}, 0, 8, 4, 1));
    }

    @Test
    void draw_spikeBetweenDots_isNotLost() {
        float[] samples = new float[64];
        samples[33] = 1;
        String[] lines = BraillePlot.draw(samples, 0, 64, 4, 1);
        assertEquals("⣀⣀⣧⣀", lines[0]);
    }

    @Test
    void draw_constant_liesInTheMiddle() {
        assertArrayEquals(new String[] {"⠤⠤"}, BraillePlot.draw(new float[] {5, 5, 5, 5}, 0, 4, 2, 1));
    }

    @Test
    void draw_notFinite_isLeftOut() {
        assertArrayEquals(new String[] {"⠀⠀"}, BraillePlot.draw(new float[] {Float.NaN, Float.NaN}, 0, 2, 2, 1));
        assertArrayEquals(new String[] {"⠁⢀"},
                BraillePlot.draw(new float[] {1, Float.NaN, Float.NaN, 0}, 0, 4, 2, 1));
    }

    @Test
    void draw_part_seesOnlyThatPart() {
        assertArrayEquals(BraillePlot.draw(new float[] {0, 1}, 0, 2, 1, 1),
                BraillePlot.draw(new float[] {99, 0, 1, -99}, 1, 2, 1, 1));
    }
}
