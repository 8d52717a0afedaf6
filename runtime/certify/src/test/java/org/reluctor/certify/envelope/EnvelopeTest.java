package org.reluctor.certify.envelope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.reluctor.certify.interval.Box;

class EnvelopeTest {
    private static final double TOLERANCE = 1e-9;

    static List<Activation> activations() {
        return List.of(PiecewiseLinear.RELU, new PiecewiseLinear(0.125), SmoothActivation.TANH,
                SmoothActivation.SIGMOID, SmoothActivation.SOFTPLUS, SmoothActivation.ELU,
                SmoothActivation.SOFTPLUS.reflected());
    }

    /**
     * The envelope of a convex function is the value of a linear program over the box's vertices. A convex combination
     * of vertices (a primal solution) and a plane above all of them (a dual one) of the same value prove each other.
     */
    @Test
    void support_ofReluOn2200Boxes_isTheVertexProgramsOptimum() {
        SplittableRandom random = new SplittableRandom(1);
        for (int round = 0; round < 2200; round++) {
            AffineNeuron neuron = RandomNeurons.neuron(random, 1 + random.nextInt(10));
            double[] point = RandomNeurons.point(random, neuron.box());
            for (Hyperplane plane : List.of(ReluEnvelope.support(neuron, point),
                    ConcaveEnvelope.support(PiecewiseLinear.RELU, neuron, point))) {
                assertEquals(0, Math.max(0, most(neuron, plane)), TOLERANCE, "a vertex above the plane");
                assertEquals(primal(neuron, point), plane.at(point), TOLERANCE);
            }
        }
    }

    @Test
    void support_ofRelu_isWhatALinearSolverFinds() {
        SplittableRandom random = new SplittableRandom(2);
        for (int round = 0; round < 60; round++) {
            AffineNeuron neuron = RandomNeurons.neuron(random, 1 + random.nextInt(5));
            double[] point = RandomNeurons.point(random, neuron.box());
            assertEquals(solved(neuron, point), ReluEnvelope.support(neuron, point).at(point), 1e-7);
        }
    }

    /** Largest relu(w·x + b) - plane over all vertices. */
    private static double most(AffineNeuron neuron, Hyperplane plane) {
        double most = Double.NEGATIVE_INFINITY;
        for (int vertex = 0; vertex < 1 << neuron.size(); vertex++) {
            double[] x = vertex(neuron.box(), vertex);
            most = Math.max(most, Math.max(0, neuron.at(x)) - plane.at(x));
        }
        return most;
    }

    /** Value of the combination of the vertices that one meets by raising coordinates in the order of positions. */
    private static double primal(AffineNeuron neuron, double[] point) {
        CornerWalk walk = new CornerWalk(neuron, point);
        double[] sorted = IntStream.range(0, neuron.size()).filter(at -> neuron.rise(at) > 0)
                .mapToDouble(at -> -neuron.position(at, point[at])).sorted().map(p -> -p).toArray();
        double value = 0;
        for (int k = 0; k <= walk.size(); k++) {
            double here = k == 0 ? 1 : sorted[k - 1];
            double next = k < walk.size() ? sorted[k] : 0;
            value += (here - next) * Math.max(0, walk.corner(k));
        }
        return value;
    }

    private static double solved(AffineNeuron neuron, double[] point) {
        ExpressionsBasedModel model = new ExpressionsBasedModel();
        int vertices = 1 << neuron.size();
        var total = model.addExpression().level(1);
        var value = model.addExpression().weight(1);
        for (int vertex = 0; vertex < vertices; vertex++) {
            var share = model.newVariable("v" + vertex).lower(0);
            total.set(share, 1);
            value.set(share, Math.max(0, neuron.at(vertex(neuron.box(), vertex))));
        }
        for (int at = 0; at < neuron.size(); at++) {
            var row = model.addExpression().level(point[at]);
            for (int vertex = 0; vertex < vertices; vertex++) {
                row.set(model.getVariable(vertex), vertex(neuron.box(), vertex)[at]);
            }
        }
        return model.maximise().getValue();
    }

    private static double[] vertex(Box box, int bits) {
        double[] x = new double[box.size()];
        for (int at = 0; at < x.length; at++) {
            x[at] = (bits >> at & 1) == 0 ? box.low()[at] : box.high()[at];
        }
        return x;
    }

    @ParameterizedTest
    @MethodSource("activations")
    void support_ofAnyActivation_hasTheRecursionsValue(Activation activation) {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 400; round++) {
            AffineNeuron neuron = RandomNeurons.neuron(random, 1 + random.nextInt(8));
            double[] point = RandomNeurons.point(random, neuron.box());
            assertEquals(RecursiveEnvelope.value(activation, neuron, point),
                    ConcaveEnvelope.support(activation, neuron, point).at(point), TOLERANCE);
        }
    }

    /** In one dimension the envelope is what the points of a fine grid span. */
    @ParameterizedTest
    @MethodSource("activations")
    void support_ofOneInput_liesOnTheHullOfAGrid(Activation activation) {
        AffineNeuron neuron = new AffineNeuron(new double[] {1}, 0, Box.of(1, -2.5, 3));
        for (double x = -2.5; x <= 3; x += 0.25) {
            double hull = Double.NEGATIVE_INFINITY;
            for (int left = 0; left <= 400; left++) {
                for (int right = 0; right <= 400; right++) {
                    double from = -2.5 + (x + 2.5) * left / 400;
                    double to = x + (3 - x) * right / 400;
                    double share = to > from ? (x - from) / (to - from) : 0;
                    hull = Math.max(hull, activation.value(from) * (1 - share) + activation.value(to) * share);
                }
            }
            double value = ConcaveEnvelope.support(activation, neuron, new double[] {x}).at(new double[] {x});
            assertTrue(value >= hull - 1e-12 && value <= hull + 1e-4, value + " against " + hull);
        }
    }

    @Test
    void support_ofALargeNeuronWithTies_isTheSameBySortAndBySelection() {
        SplittableRandom random = new SplittableRandom(4);
        for (int round = 0; round < 20; round++) {
            AffineNeuron neuron = RandomNeurons.neuron(random, 2000);
            double[] point = RandomNeurons.point(random, neuron.box());
            assertEquals(ConcaveEnvelope.support(PiecewiseLinear.RELU, neuron, point).at(point),
                    ReluEnvelope.support(neuron, point).at(point), TOLERANCE);
        }
    }
}
