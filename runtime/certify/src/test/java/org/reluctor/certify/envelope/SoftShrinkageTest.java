package org.reluctor.certify.envelope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SoftShrinkageTest {
    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    void lines_onRandomIntervals_holdAndTouch() {
        for (int round = 0; round < 2000; round++) {
            SoftShrinkage function = new SoftShrinkage(random.nextInt(5) == 0 ? 0 : random.nextDouble(0, 1));
            double low = random.nextDouble(-3, 2);
            double high = low + random.nextDouble(0, 3);
            double above = random.nextBoolean() ? function.slopeAbove(low, high) : random.nextDouble(-1, 2);
            double below = random.nextBoolean() ? function.slopeBelow(low, high) : random.nextDouble(-1, 2);
            double most = Double.NEGATIVE_INFINITY;
            double least = Double.POSITIVE_INFINITY;
            for (int step = 0; step <= 1000; step++) {
                double z = low + (high - low) * step / 1000;
                double value = Math.signum(z) * Math.max(0, Math.abs(z) - function.threshold());
                most = Math.max(most, value - above * z);
                least = Math.min(least, value - below * z);
            }
            assertTrue(function.mostOver(above, low, high) >= most - 1e-14);
            assertEquals(most, function.mostOver(above, low, high), 0.01, "tight, but for the grid");
            assertTrue(function.leastOver(below, low, high) <= least + 1e-14);
            assertEquals(least, function.leastOver(below, low, high), 0.01, "tight, but for the grid");
        }
    }

    /** Between -5 and 5 a threshold of 0.1 costs 0.1 on either side; as two ReLUs it would cost 5. */
    @Test
    void lines_onAWideInterval_stayWithinTheThreshold() {
        SoftShrinkage function = new SoftShrinkage(0.1);
        double above = function.slopeAbove(-5, 5);
        assertTrue(function.mostOver(above, -5, 5) <= 0.1);
        assertTrue(function.leastOver(function.slopeBelow(-5, 5), -5, 5) >= -0.1);
    }
}
