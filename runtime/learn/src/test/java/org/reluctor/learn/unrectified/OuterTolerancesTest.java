package org.reluctor.learn.unrectified;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** The rules of Conn, Gould and Toint, their exponents written out. */
class OuterTolerancesTest {
    private final OuterTolerances tolerances = new OuterTolerances(2, 3, 0.5);

    @Test
    void start_scales_giveTheToleranceOfTheFirstPenalty() {
        assertEquals(0.1, tolerances.penalty(), 0);
        assertEquals(2 * Math.pow(0.1, 0.1), tolerances.constraints(), 1e-15);
        assertEquals(0.3, tolerances.inner(), 1e-15);
    }

    @Test
    void tighten_constraintsMet_shrinksBothTolerancesAndKeepsThePenalty() {
        tolerances.tighten();
        assertEquals(0.1, tolerances.penalty(), 0);
        assertEquals(2 * Math.pow(0.1, 0.1) * Math.pow(0.1, 0.9), tolerances.constraints(), 1e-15);
        assertEquals(0.03, tolerances.inner(), 1e-15);
    }

    @Test
    void penalise_constraintsMissed_shrinksThePenaltyAndStartsTheTolerancesAgain() {
        tolerances.tighten();
        tolerances.penalise();
        assertEquals(0.05, tolerances.penalty(), 1e-15);
        assertEquals(2 * Math.pow(0.05, 0.1), tolerances.constraints(), 1e-15);
        assertEquals(0.15, tolerances.inner(), 1e-15);
    }

    @Test
    void reduction_thatWouldNotShrink_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> new OuterTolerances(1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new OuterTolerances(1, 1, 0));
    }
}
