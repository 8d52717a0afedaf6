package org.reluctor.learn.convex;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Samples;

class PatternSamplingTest {
    @Test
    void draw_moreGatesThanPatterns_keepsDistinctOnesThatOpen() {
        Samples inputs = new Draws(61).biased(6, 2);
        ActivationPatterns patterns = PatternSampling.gaussian(500, 4).draw(inputs);
        Set<BitSet> distinct = new HashSet<>();
        for (int at = 0; at < patterns.count(); at++) {
            BitSet pattern = ActivationPatterns.pattern(inputs, patterns.gate(at));
            assertFalse(pattern.isEmpty());
            assertTrue(distinct.add(pattern));
        }
        assertTrue(patterns.count() <= 11, patterns.count() + " of at most 12 with the empty one");
    }

    @Test
    void draw_shares_openForThatPartOfTheInputs() {
        Samples inputs = new Draws(62).biased(1000, 5);
        ActivationPatterns patterns = new PatternSampling(6, 4, List.of(0.1, 0.5, 0.9)).draw(inputs);
        for (int at = 0; at < patterns.count(); at++) {
            double share = List.of(0.1, 0.5, 0.9).get(at % 3);
            assertEquals(1000 * share, patterns.active(at).length, 2);
        }
    }

    @Test
    void draw_gates_areFloat32AndOfTheSeed() {
        Samples inputs = new Draws(63).biased(50, 4);
        Matrix gates = PatternSampling.gaussian(10, 8).draw(inputs).gates();
        assertTrue(Arrays.stream(gates.values()).allMatch(value -> value == (float) value));
        assertArrayEquals(gates.values(), PatternSampling.gaussian(10, 8).draw(inputs).gates().values());
        assertFalse(Arrays.equals(gates.values(), PatternSampling.gaussian(10, 9).draw(inputs).gates().values()));
    }

    @Test
    void draw_sharesWithoutBiases_areRefused() {
        Samples inputs = new Draws(64).samples(10, 3);
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () ->
                new PatternSampling(3, 1, List.of(0.5)).draw(inputs));
        assertTrue(refused.getMessage().contains("last element is 1"), refused.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new PatternSampling(3, 1, List.of(1.0)));
    }
}
