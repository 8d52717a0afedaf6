package org.reluctor.certify.interval;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OutwardTest {
    private final SplittableRandom random = new SplittableRandom(1);

    @Test
    void operations_ofNumbersOfAllSizes_encloseTheExactResult() {
        for (int round = 0; round < 10_000; round++) {
            double a = number();
            double b = number();
            BigDecimal exactA = new BigDecimal(a);
            BigDecimal exactB = new BigDecimal(b);
            requireEnclosed(exactA.add(exactB), Outward.addDown(a, b), Outward.addUp(a, b));
            requireEnclosed(exactA.multiply(exactB), Outward.mulDown(a, b), Outward.mulUp(a, b));
            requireEnclosed(exactA.divide(exactB, MathContext.DECIMAL128), Outward.divDown(a, b),
                    Outward.divUp(a, b));
        }
    }

    @Test
    void operations_thatAreExact_stayExact() {
        assertEquals(0.75, Outward.addUp(0.5, 0.25));
        assertEquals(0.75, Outward.addDown(0.5, 0.25));
        assertEquals(0.125, Outward.mulUp(0.5, 0.25));
        assertEquals(0, Outward.mulUp(0, Double.MAX_VALUE));
    }

    @Test
    void operations_thatOverflow_staySound() {
        assertEquals(Double.POSITIVE_INFINITY, Outward.addUp(Double.MAX_VALUE, Double.MAX_VALUE));
        assertEquals(Double.MAX_VALUE, Outward.addDown(Double.MAX_VALUE, Double.MAX_VALUE));
        assertEquals(-Double.MAX_VALUE, Outward.mulUp(-Double.MAX_VALUE, Double.MAX_VALUE));
        assertTrue(Outward.mulUp(Double.MIN_VALUE, Double.MIN_VALUE) > 0);
        assertTrue(Outward.mulDown(-Double.MIN_VALUE, Double.MIN_VALUE) < 0);
    }

    private double number() {
        double mantissa = random.nextDouble(1, 2) * (random.nextBoolean() ? 1 : -1);
        return Math.scalb(mantissa, random.nextInt(-300, 300));
    }

    private static void requireEnclosed(BigDecimal exact, double low, double high) {
        assertTrue(new BigDecimal(low).compareTo(exact) <= 0 && new BigDecimal(high).compareTo(exact) >= 0);
        assertTrue(high - low <= 4 * Math.ulp(high) || high == low, low + " to " + high);
    }
}
