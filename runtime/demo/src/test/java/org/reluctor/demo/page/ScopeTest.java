package org.reluctor.demo.page;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ScopeTest {
    private final Scope scope = new Scope(new float[] {1, 2, 3, 4, 5});

    @Test
    void advance_whereNothingWasRecovered_givesNaN() {
        assertFalse(scope.isReady());
        Scope.Stretch stretch = scope.advance(2);
        assertArrayEquals(new float[] {1, 2}, stretch.truth());
        assertArrayEquals(new float[] {Float.NaN, Float.NaN}, stretch.recovered());
        assertTrue(Float.isNaN(stretch.residual()));
    }

    @Test
    void advance_afterTwoSignals_givesTheLaterWhereTheyOverlap() {
        scope.recovered(0, new float[] {10, 20, 30}, 0.1f);
        scope.recovered(1, new float[] {21, 31, 41}, 0.2f);
        assertTrue(scope.isReady());
        assertArrayEquals(new float[] {10, 21, 31, 41}, scope.advance(4).recovered());
    }

    @Test
    void advance_atTheEnd_stopsThereAndBeginsANewRound() {
        Scope.Stretch last = scope.advance(9);
        Scope.Stretch first = scope.advance(2);
        assertEquals(5, last.truth().length);
        assertFalse(last.newRound());
        assertTrue(first.newRound());
        assertEquals(5, first.at());
        assertArrayEquals(new float[] {1, 2}, first.truth());
    }

    @Test
    void recovered_beyondTheEnd_leavesOutWhatIsNotShown() {
        scope.recovered(4, new float[] {50, 60, 70}, 0.3f);
        scope.recovered(6, new float[] {1, 1, 1}, 0.4f);
        scope.advance(4);
        Scope.Stretch stretch = scope.advance(1);
        assertArrayEquals(new float[] {50}, stretch.recovered());
        assertEquals(0.3f, stretch.residual());
    }
}
