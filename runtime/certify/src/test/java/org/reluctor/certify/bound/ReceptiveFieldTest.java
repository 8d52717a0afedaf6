package org.reluctor.certify.bound;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.reluctor.certify.envelope.PiecewiseLinear;
import org.reluctor.certify.envelope.SoftShrinkage;
import org.reluctor.certify.graph.AffineLayer.Term;
import org.reluctor.certify.graph.ConvolutionMap;
import org.reluctor.certify.graph.ConvolutionMap.Axis;
import org.reluctor.certify.graph.DenseMap;
import org.reluctor.certify.graph.Float32Rounding;
import org.reluctor.certify.graph.LayerGraph;
import org.reluctor.certify.graph.SparseMap;
import org.reluctor.certify.graph.TransformRounding;
import org.reluctor.certify.interval.Box;

/** Two channels of 16×16 behind a dense map of few inputs, as recovery networks have it. */
class ReceptiveFieldTest {
    private static final int INPUTS = 6;
    private static final int SIZE = 512;
    private static final Axis[] AXES = {new Axis(16, 16, 3, 1, 1, 1), new Axis(16, 16, 3, 1, 1, 1)};

    private final SplittableRandom random = new SplittableRandom(2);
    private final LayerGraph graph = graph();
    private final Box input = Box.of(INPUTS, -1, 1);

    private LayerGraph graph() {
        LayerGraph.Builder builder = new LayerGraph.Builder(INPUTS);
        int skipped = builder.affine(0, new DenseMap(SIZE, INPUTS, numbers(SIZE * INPUTS)), numbers(SIZE),
                Float32Rounding.ofSums(INPUTS));
        int last = builder.activation(skipped, PiecewiseLinear.RELU);
        ConvolutionMap second = convolution();
        last = builder.affine(last, second, numbers(SIZE), Float32Rounding.ofSums(18),
                new TransformRounding(second, 40));
        last = builder.activation(last, new SoftShrinkage(0.3));
        last = builder.affine(List.of(new Term(last, convolution()), new Term(skipped, SparseMap.scaling(SIZE, 1))),
                numbers(SIZE), Float32Rounding.ofSums(20));
        builder.activation(last, PiecewiseLinear.RELU);
        return builder.build();
    }

    private ConvolutionMap convolution() {
        return new ConvolutionMap(new int[] {2, 2, 1}, AXES, numbers(36), false);
    }

    private double[] numbers(int count) {
        return random.doubles(count, -0.5, 0.5).map(number -> (float) number).toArray();
    }

    @ParameterizedTest
    @EnumSource
    void upper_byTheCone_isThatByTheWholeGraph(Execution execution) {
        LayerBounds bounds = LayerBounds.intervals(graph, input, execution);
        int layer = graph.size() - 2;
        bounds.prepareLines(layer);
        for (int element : random.ints(40, 0, SIZE).toArray()) {
            ReceptiveField field = ReceptiveField.of(bounds, layer, element);
            assertNotNull(field.cone());
            ReceptiveField whole = ReceptiveField.whole(bounds, layer, element);
            for (double sign : new double[] {1, -1}) {
                double byCone = new BackwardPass(field.bounds()).upper(field.layer(), field.times(sign),
                        new Lines(field.bounds()));
                double byAll = new BackwardPass(bounds).upper(layer, whole.times(sign), new Lines(bounds));
                assertEquals(byAll, byCone, 1e-11 * (1 + Math.abs(byAll)));
            }
        }
    }

    /** Elsewhere in the graph, and with the same meaning. */
    @Test
    void of_neuronBehindConvolutions_isToldByItsConesElements() {
        LayerBounds bounds = LayerBounds.intervals(graph, input, Execution.EXACT);
        int layer = graph.size() - 2;
        CollapsedNeuron neuron = CollapsedNeuron.of(bounds, layer, 277);
        double[] x = random.doubles(INPUTS, -1, 1).toArray();
        double[][] values = graph.evaluate(x);
        double sum = neuron.constant();
        for (int part = 0; part < neuron.layers().length; part++) {
            for (int j = 0; j < neuron.places(part).length; j++) {
                sum += neuron.coefficients(part)[j] * values[neuron.layers()[part]][neuron.places(part)[j]];
            }
        }
        assertEquals(values[layer][277], sum, 1e-12);
        assertTrue(neuron.size() < SIZE);
    }

    /** A program's variables are the input and the activations, however many there are. */
    @Test
    void of_neuronBehindManyActivations_isToldByThemAndTheInput() {
        int many = CollapsedNeuron.MOST_COLLAPSED + 1;
        LayerGraph.Builder builder = new LayerGraph.Builder(INPUTS);
        int wide = builder.affine(0, new DenseMap(many, INPUTS, numbers(many * INPUTS)), numbers(many),
                Float32Rounding.EXACT);
        int relu = builder.activation(wide, PiecewiseLinear.RELU);
        int last = builder.affine(List.of(new Term(relu, new DenseMap(1, many, numbers(many))),
                new Term(wide, new DenseMap(1, many, numbers(many)))), new double[1], Float32Rounding.EXACT);
        LayerBounds bounds = LayerBounds.intervals(builder.build(), input, Execution.EXACT);
        assertArrayEquals(new int[] {0, relu}, CollapsedNeuron.of(bounds, last, 0).layers());
        assertArrayEquals(new int[] {wide, relu},
                CollapsedNeuron.of(bounds, last, 0, CollapsedNeuron.MOST_COLLAPSED).layers());
    }

    /** More effort is never worse, and no point leaves. */
    @Test
    void bounds_ofConvolutions_holdAndTighten() {
        int last = graph.size() - 2;
        double before = Double.POSITIVE_INFINITY;
        for (Effort effort : new Effort[] {Effort.PLAIN, Effort.SLOPES, new Effort(10, 1)}) {
            LayerBounds bounds = LayerBounds.intervals(graph, input, Execution.EXACT);
            new BoundPropagation(bounds, effort, Deadline.none(), BoundProgress.NONE).run(last);
            Box box = bounds.box(last);
            double width = IntStream.range(0, SIZE).mapToDouble(box::width).sum();
            assertTrue(width < before, effort + ": " + width + " after " + before);
            before = width;
            for (int draw = 0; draw < 200; draw++) {
                boolean corner = draw % 2 == 0;
                double[] x = random.doubles(INPUTS, -1, 1).map(at -> corner ? Math.signum(at) : at).toArray();
                double[][] values = graph.evaluate(x);
                for (int layer = 1; layer < graph.size(); layer++) {
                    for (int i = 0; i < SIZE; i++) {
                        double slack = 1e-12 * (1 + Math.abs(values[layer][i]));
                        assertTrue(values[layer][i] >= bounds.box(layer).low()[i] - slack
                                && values[layer][i] <= bounds.box(layer).high()[i] + slack);
                    }
                }
            }
        }
    }
}
