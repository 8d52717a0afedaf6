package org.reluctor.learn.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CoefficientBoxTest {
    private static final int N = 12;

    @Test
    void of_windows_holdsEveryOne() {
        SplittableRandom random = new SplittableRandom(1);
        double[] samples = new double[40 * N];
        for (int at = 0; at < samples.length; at++) {
            samples[at] = Math.sin(0.4 * (at % N) + at / N) + 0.1 * random.nextDouble(-1, 1);
        }
        CoefficientBox box = CoefficientBox.of(samples, N);
        for (int window = 0; window < 40; window++) {
            double[] rest = new double[N];
            System.arraycopy(samples, window * N, rest, 0, N);
            for (int component = 0; component < N; component++) {
                double coefficient = 0;
                for (int at = 0; at < N; at++) {
                    coefficient += box.basis()[at * N + component] * samples[window * N + at];
                }
                assertTrue(coefficient >= box.bounds()[component] && coefficient <= box.bounds()[N + component]);
                for (int at = 0; at < N; at++) {
                    rest[at] -= coefficient * box.basis()[at * N + component];
                }
            }
            for (double left : rest) {
                assertEquals(0, left, 1e-5);
            }
        }
        double first = box.bounds()[N] - box.bounds()[0];
        assertTrue(first > 5 * (box.bounds()[2 * N - 1] - box.bounds()[N - 1]), "components are in order");
    }
}
