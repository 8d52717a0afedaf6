package org.reluctor.learn.convex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reluctor.learn.algebra.Samples;

class ArrangementTest {
    @ParameterizedTest
    @CsvSource({"5,1,2", "8,2,16", "7,3,44", "12,3,134"})
    void patterns_generalPosition_areAsManyAsCoverCounted(int inputs, int width, int cells) {
        // T. Cover, 1965: 2ΣC(N − 1, k) for k below r; one of them may open for nothing.
        Samples samples = new Draws(31).samples(inputs, width);
        int count = Arrangement.of(samples).patterns(samples).count();
        boolean allPositive = count == cells;
        assertTrue(allPositive || count == cells - 1, count + " of " + cells);
    }

    @Test
    void patterns_inputsOnALineThroughABias_includeAllThatRandomGatesFind() {
        Samples samples = new Draws(32).biased(9, 3);
        ActivationPatterns all = Arrangement.of(samples).patterns(samples);
        Set<BitSet> found = new HashSet<>();
        Random random = new Random(3);
        for (int draw = 0; draw < 20_000; draw++) {
            double[] gate = random.doubles(3, -1, 1).toArray();
            found.add(ActivationPatterns.pattern(samples, gate));
        }
        found.removeIf(BitSet::isEmpty);
        assertTrue(found.stream().allMatch(all::contains));
        assertTrue(found.size() <= all.count());
    }

    @ParameterizedTest
    @CsvSource({"6,2", "9,3"})
    void largestUnit_randomMultipliers_isNotExceededAndIsReached(int inputs, int width) {
        Samples samples = new Draws(33).samples(inputs, width);
        double[] lambda = new Draws(34).samples(inputs, 1).values();
        double exact = Arrangement.of(samples).largestUnit(lambda);
        Random random = new Random(5);
        double best = 0;
        for (int draw = 0; draw < 40_000; draw++) {
            double[] u = random.doubles(width, -1, 1).map(value -> value * random.nextDouble()).toArray();
            double size = Math.sqrt(Arrays.stream(u).map(value -> value * value).sum());
            double sum = 0;
            for (int sample = 0; sample < inputs; sample++) {
                double dot = 0;
                for (int at = 0; at < width; at++) {
                    dot += samples.values()[sample * width + at] * u[at] / size;
                }
                sum += lambda[sample] * Math.max(0, dot);
            }
            best = Math.max(best, Math.abs(sum));
        }
        assertTrue(best <= exact * (1 + 1e-12), best + " above " + exact);
        assertEquals(exact, best, 0.01 * exact);
    }

    @Test
    void of_rankFour_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> Arrangement.of(new Draws(1).samples(9, 4)));
    }

    @Test
    void bound_ofMoreInputsThanAreEnumerated_liesAboveTheExactOne() {
        Samples few = new Draws(35).biased(20, 3);
        Samples residual = new Draws(36).samples(20, 1);
        double exact = FullProgramBound.relu(few, residual, Draws.HOST).largest();
        Samples inputs = new Samples(3, repeated(few.values(), 10));
        Samples repeated = new Samples(1, repeated(residual.values(), 10));
        FullProgramBound bound = FullProgramBound.relu(inputs, repeated, Draws.HOST);
        assertTrue(!bound.exact() && bound.largest() >= 10 * exact, bound + " for " + 10 * exact);
        assertTrue(bound.largest() <= 40 * exact, "loose, but not useless: " + bound + " for " + 10 * exact);
    }

    private static double[] repeated(double[] values, int times) {
        double[] all = new double[values.length * times];
        for (int at = 0; at < all.length; at++) {
            all[at] = values[at % values.length];
        }
        return all;
    }
}
