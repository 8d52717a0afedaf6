package org.reluctor.certify.envelope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Cuts hold: at a million random points, exactly at vertices, and with coefficients that nobody chose. */
class SoundnessTest {
    private static final int NEURONS = 300;
    private static final int POINTS = 500;

    /** 7 activations, 300 neurons, 500 points each: 1.05 million, with a cut from above and one from below. */
    @ParameterizedTest
    @MethodSource("org.reluctor.certify.envelope.EnvelopeTest#activations")
    void cuts_atRandomPoints_areNeverViolated(Activation activation) {
        SplittableRandom random = new SplittableRandom(5);
        for (int round = 0; round < NEURONS; round++) {
            AffineNeuron neuron = RandomNeurons.neuron(random, 1 + random.nextInt(8));
            Separation separation = new Separation(activation, neuron);
            double[] at = RandomNeurons.point(random, neuron.box());
            requireHolds(activation, neuron, separation.above(at), random);
            requireHolds(activation, neuron, separation.below(at), random);
        }
    }

    /** Coefficients altered by a little or by much: only the intercept moves. */
    @ParameterizedTest
    @MethodSource("org.reluctor.certify.envelope.EnvelopeTest#activations")
    void intercepts_ofAlteredCoefficients_keepTheCutSound(Activation activation) {
        SplittableRandom random = new SplittableRandom(6);
        for (int round = 0; round < NEURONS; round++) {
            AffineNeuron neuron = RandomNeurons.neuron(random, 1 + random.nextInt(8));
            double[] alpha = new Separation(activation, neuron)
                    .above(RandomNeurons.point(random, neuron.box())).plane().coefficients().clone();
            double scale = Math.pow(10, random.nextInt(-12, 1));
            for (int at = 0; at < alpha.length; at++) {
                alpha[at] += scale * random.nextDouble(-1, 1);
            }
            requireHolds(activation, neuron, new Cut(new Hyperplane(alpha,
                    SoundIntercept.upper(activation, neuron, alpha)), true), random);
            requireHolds(activation, neuron, new Cut(new Hyperplane(alpha,
                    SoundIntercept.lower(activation, neuron, alpha)), false), random);
        }
    }

    private static void requireHolds(Activation activation, AffineNeuron neuron, Cut cut, SplittableRandom random) {
        for (int draw = 0; draw < POINTS; draw++) {
            double[] x = RandomNeurons.point(random, neuron.box());
            // What the test itself rounds: a few operations on numbers of at most some tens.
            double violation = cut.violation(x, activation.value(neuron.at(x)));
            assertTrue(violation <= 1e-13, () -> "violated by " + violation);
        }
    }

    /** In exact arithmetic, so that outward rounding itself is seen. */
    @Test
    void above_ofReluAtVertices_holdsExactly() {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 200; round++) {
            AffineNeuron neuron = RandomNeurons.neuron(random, 1 + random.nextInt(6));
            Hyperplane plane = new Separation(PiecewiseLinear.RELU, neuron)
                    .above(RandomNeurons.point(random, neuron.box())).plane();
            for (int bits = 0; bits < 1 << neuron.size(); bits++) {
                BigDecimal z = new BigDecimal(neuron.bias());
                BigDecimal bound = new BigDecimal(plane.intercept());
                for (int at = 0; at < neuron.size(); at++) {
                    BigDecimal x = new BigDecimal((bits >> at & 1) == 0 ? neuron.box().low()[at]
                            : neuron.box().high()[at]);
                    z = z.add(x.multiply(new BigDecimal(neuron.weights()[at])));
                    bound = bound.add(x.multiply(new BigDecimal(plane.coefficients()[at])));
                }
                assertTrue(bound.compareTo(z.max(BigDecimal.ZERO)) >= 0);
            }
        }
    }

    /** The repair of what was tight already costs nothing but rounding. */
    @ParameterizedTest
    @MethodSource("org.reluctor.certify.envelope.EnvelopeTest#activations")
    void above_atItsPoint_isTheEnvelopesValue(Activation activation) {
        SplittableRandom random = new SplittableRandom(8);
        for (int round = 0; round < NEURONS; round++) {
            AffineNeuron neuron = RandomNeurons.neuron(random, 1 + random.nextInt(8));
            double[] at = RandomNeurons.point(random, neuron.box());
            assertEquals(ConcaveEnvelope.support(activation, neuron, at).at(at),
                    new Separation(activation, neuron).above(at).plane().at(at), 1e-9);
        }
    }

    @ParameterizedTest
    @MethodSource("org.reluctor.certify.envelope.EnvelopeTest#activations")
    void separate_betweenBothEnvelopes_findsNoCut(Activation activation) {
        SplittableRandom random = new SplittableRandom(9);
        for (int round = 0; round < NEURONS; round++) {
            AffineNeuron neuron = RandomNeurons.neuron(random, 1 + random.nextInt(8));
            Separation separation = new Separation(activation, neuron);
            double[] at = RandomNeurons.point(random, neuron.box());
            double above = separation.above(at).plane().at(at);
            double below = separation.below(at).plane().at(at);
            double share = random.nextDouble();
            assertTrue(separation.separate(at, below + share * (above - below), 1e-9).isEmpty());
            assertTrue(separation.separate(at, above + 1e-6, 1e-9).orElseThrow().upper());
            assertTrue(!separation.separate(at, below - 1e-6, 1e-9).orElseThrow().upper());
        }
    }
}
