package org.reluctor.certify.envelope;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reluctor.certify.interval.Box;

/** Cases worked out by hand: envelopes of two and three inputs with known values and hyperplanes. */
class PublishedCasesTest {
    private static final double TOLERANCE = 1e-9;
    private static final AffineNeuron SKEWED = new AffineNeuron(new double[] {2, -1, 1}, -1,
            new Box(new double[] {-1, 0, 0}, new double[] {1, 2, 1}));
    private static final AffineNeuron TANH = new AffineNeuron(new double[] {2, 2}, -2, Box.of(2, 0, 1));

    @Test
    void above_ofReluOfTheSum_isTheMinimum() {
        AffineNeuron neuron = new AffineNeuron(new double[] {1, 1}, -1, Box.of(2, 0, 1));
        Separation separation = new Separation(PiecewiseLinear.RELU, neuron);
        for (double[] point : new double[][] {{1, 0}, {0.3, 0.8}, {0.8, 0.3}, {0.5, 0.5}, {0, 0}, {1, 1}}) {
            double least = Math.min(point[0], point[1]);
            assertEquals(least, separation.above(point).plane().at(point), TOLERANCE);
            assertEquals(least, ConcaveEnvelope.support(PiecewiseLinear.RELU, neuron, point).at(point), TOLERANCE);
        }
    }

    @Test
    void support_ofThreeWeightsOfBothSigns_isTheKnownHyperplane() {
        double[] point = {0.6, 0.8, 0.3};
        for (Hyperplane plane : new Hyperplane[] {ReluEnvelope.support(SKEWED, point),
            ConcaveEnvelope.support(PiecewiseLinear.RELU, SKEWED, point)}) {
            assertArrayEquals(new double[] {0, -0.5, 1}, plane.coefficients(), TOLERANCE);
            assertEquals(1, plane.intercept(), TOLERANCE);
            assertEquals(0.9, plane.at(point), TOLERANCE);
        }
    }

    @Test
    void support_wherePositionsTie_hasTheKnownValue() {
        double[] point = {0.5, 0.5, 0.5};
        assertEquals(1.25, ReluEnvelope.support(SKEWED, point).at(point), TOLERANCE);
        assertEquals(1.25, ConcaveEnvelope.support(PiecewiseLinear.RELU, SKEWED, point).at(point), TOLERANCE);
    }

    @Test
    void upper_ofGivenCoefficients_isTheLeastIntercept() {
        assertEquals(0.7, SoundIntercept.upper(PiecewiseLinear.RELU, SKEWED, new double[] {0.4, -0.1, 0.9}),
                TOLERANCE);
        assertEquals(0.5, SoundIntercept.upper(PiecewiseLinear.RELU, SKEWED, new double[] {0.5, 0, 1}), TOLERANCE);
    }

    @Test
    void of_tanh_isTheKnownTiePoint() {
        assertEquals(0.769879513335518, TiePoint.of(SmoothActivation.TANH, -2, 2), TOLERANCE);
        assertEquals(0, TiePoint.of(SmoothActivation.TANH, 0, 2), TOLERANCE);
    }

    @ParameterizedTest
    @CsvSource({"0.25, 0.25, -0.382454642899, 1.163145874352886, 1.163145874352886, -0.964027580076",
        "0.5, 0.1, -0.292039308910, 1.001721027898571, 1.711277572162355, -0.964027580076",
        "0.9, 0.2, 0.279186727045, 1.01430805662707, 1.651685280784282, -0.964027580076",
        "0.9, 0.9, 0.921668554406, 0.301054151636571, 0.301054151636571, 0.379771081461"})
    void above_ofTanh_isTheKnownHyperplane(double x, double y, double value, double first, double second,
            double intercept) {
        double[] point = {x, y};
        for (Hyperplane plane : new Hyperplane[] {ConcaveEnvelope.support(SmoothActivation.TANH, TANH, point),
            new Separation(SmoothActivation.TANH, TANH).above(point).plane()}) {
            assertArrayEquals(new double[] {first, second}, plane.coefficients(), TOLERANCE);
            assertEquals(intercept, plane.intercept(), TOLERANCE);
            assertEquals(value, plane.at(point), TOLERANCE);
        }
    }
}
