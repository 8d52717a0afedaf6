package org.reluctor.stream.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HalfFloatTest {
    /** The definition of IEEE 754-2019, 3.4, in real numbers. */
    private static double byDefinition(int half) {
        double sign = (half & 0x8000) == 0 ? 1 : -1;
        int exponent = half / 1024 % 32;
        int fraction = half % 1024;
        if (exponent == 31) {
            return fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN;
        }
        return exponent == 0
            ? sign * fraction / 1024.0 * Math.pow(2, -14)
            : sign * (1 + fraction / 1024.0) * Math.pow(2, exponent - 15);
    }

    @Test
    void toFloat_everyHalf_hasValueOfDefinition() {
        for (int half = 0; half < 0x10000; half++) {
            float expected = (float) byDefinition(half);
            float found = HalfFloat.toFloat((short) half);
            assertEquals(Float.floatToIntBits(expected), Float.floatToIntBits(found), Integer.toHexString(half));
        }
    }

    @Test
    void fromFloat_everyHalf_comesBack() {
        for (int half = 0; half < 0x10000; half++) {
            float value = HalfFloat.toFloat((short) half);
            short back = HalfFloat.fromFloat(value);
            if (Float.isNaN(value)) {
                assertTrue(Float.isNaN(HalfFloat.toFloat(back)));
            } else {
                assertEquals((short) half, back, Integer.toHexString(half));
            }
        }
    }

    @Test
    void fromFloat_betweenNeighbours_roundsToNearestTiesToEven() {
        for (int half = 0; half < 0x7c00; half++) {
            // The number after the largest finite half would be 2^16; from halfway on, infinity.
            float above = half == 0x7bff ? 65536f : HalfFloat.toFloat((short) (half + 1));
            float middle = (HalfFloat.toFloat((short) half) + above) / 2;
            int even = (half & 1) == 0 ? half : half + 1;
            assertEquals(even, HalfFloat.fromFloat(middle), "tie above " + half);
            assertEquals(half, HalfFloat.fromFloat(Math.nextDown(middle)), "below tie above " + half);
            assertEquals(half + 1, HalfFloat.fromFloat(Math.nextUp(middle)), "over tie above " + half);
            assertEquals((short) (even | 0x8000), HalfFloat.fromFloat(-middle), "negative tie at " + half);
        }
    }

    @Test
    void fromFloat_anyFloat_isNoFartherThanItsNeighbours() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 200_000; i++) {
            float value = Float.intBitsToFloat(random.nextInt());
            if (!(Math.abs(value) < 65504)) {
                continue;
            }
            int half = HalfFloat.fromFloat(value) & 0xffff;
            double error = Math.abs(byDefinition(half) - value);
            int size = half & 0x7fff;
            assertTrue(size == 0 || error <= Math.abs(Math.abs(byDefinition(size - 1)) - Math.abs(value)), "" + value);
            assertTrue(size == 0x7bff || error <= Math.abs(byDefinition(size + 1) - Math.abs(value)), "" + value);
        }
    }
}
