package org.reluctor.learn.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class GradientOptionsTest {
    @Test
    void rate_overTheSchedule_warmsUpAndEndsAtZero() {
        GradientOptions options = GradientOptions.of(1000).withRate(2e-3, 100);
        assertEquals(2e-5, options.rate(0, 0), 1e-12);
        assertEquals(1e-3, options.rate(49, 0), 1e-12);
        assertEquals(1e-3, options.rate(500, 0.5), 1e-12);
        assertEquals(0, options.rate(1000, 1), 1e-12);
        assertEquals(2e-3, GradientOptions.of(10).withRate(2e-3, 0).rate(0, 0), 1e-12);
    }

    @Test
    void constructor_outOfRange_namesTheOptionAndItsRange() {
        GradientOptions good = GradientOptions.of(10);
        assertRefused("steps", () -> GradientOptions.of(0));
        assertRefused("rate", () -> good.withRate(0, 0));
        assertRefused("minutes", () -> good.withMinutes(-1));
        assertRefused("bits", () -> good.withSensor(0, 1, 0));
        assertRefused("noise", () -> good.withSensor(Double.NaN, 0, 0));
        assertRefused("penalty", () -> good.withPenalty(-1));
        assertRefused("validate every", () -> good.withIntervals(0, 0, 1));
    }

    private static void assertRefused(String name, Executable made) {
        String message = assertThrows(IllegalArgumentException.class, made).getMessage();
        assertTrue(message.startsWith(name), message);
    }
}
