package org.reluctor.learn.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class TurnedAxesTest {
    /** Its first sample is that vector, its second one the first axis. */
    private static List<Recording> axes(float x, float y, float z) {
        Recording all = new Recording("r", "s", 100, List.of(Channel.of("x", "g", new float[] {x, 1}),
                Channel.of("y", "g", new float[] {y, 0}), Channel.of("z", "g", new float[] {z, 0})));
        return List.of(all.alone(0), all.alone(1), all.alone(2));
    }

    private static double value(Recording recording, int at) {
        return recording.channel(0).value(at);
    }

    @Test
    void of_everyCopy_keepsLengthsAndAngles() {
        List<Recording> turned = TurnedAxes.of(axes(3, -4, 12), 50, 1);
        assertEquals(150, turned.size());
        for (int copy = 0; copy < 50; copy++) {
            double length = 0;
            double product = 0;
            double unit = 0;
            for (Recording axis : turned.subList(3 * copy, 3 * copy + 3)) {
                length += value(axis, 0) * value(axis, 0);
                product += value(axis, 0) * value(axis, 1);
                unit += value(axis, 1) * value(axis, 1);
            }
            assertEquals(169, length, 1e-4);
            assertEquals(3, product, 1e-5);
            assertEquals(1, unit, 1e-6);
        }
    }

    @Test
    void of_manyTurns_pointEverywhereAlike() {
        List<Recording> turned = TurnedAxes.of(axes(0, 0, 0), 2000, 5);
        double sum = 0;
        double squares = 0;
        for (int copy = 0; copy < 2000; copy++) {
            double cosine = value(turned.get(3 * copy + 2), 1);
            sum += cosine / 2000;
            squares += cosine * cosine / 2000;
        }
        assertEquals(0, sum, 0.05);
        assertEquals(1.0 / 3, squares, 0.03, "the cosine of an even direction is even between -1 and 1");
    }

    @Test
    void of_twoSignals_isRefused() {
        String message = assertThrows(DataFormatException.class, () -> TurnedAxes.of(axes(1, 2, 3).subList(0, 2), 1, 1))
                .getMessage();
        assertTrue(message.contains("record r:0 is read by 2 signals; what turns has 3"), message);
    }
}
