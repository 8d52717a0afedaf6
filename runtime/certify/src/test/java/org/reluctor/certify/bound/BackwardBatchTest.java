package org.reluctor.certify.bound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reluctor.certify.envelope.PiecewiseLinear;
import org.reluctor.certify.envelope.SoftShrinkage;
import org.reluctor.certify.graph.ActivationLayer;
import org.reluctor.certify.graph.AffineLayer.Term;
import org.reluctor.certify.graph.ConvolutionMap;
import org.reluctor.certify.graph.ConvolutionMap.Axis;
import org.reluctor.certify.graph.DenseMap;
import org.reluctor.certify.graph.Float32Rounding;
import org.reluctor.certify.graph.LayerGraph;
import org.reluctor.certify.graph.LinearMap;
import org.reluctor.certify.graph.SparseMap;
import org.reluctor.certify.interval.Box;

/** Against single passes in float64, below which no batch may come. */
class BackwardBatchTest {
    private static final int INPUTS = 6;
    private static final int CHANNELS = 8;
    private static final int SIDE = 16;
    private static final int SIZE = CHANNELS * SIDE * SIDE;
    private static final Axis AXIS = new Axis(SIDE, SIDE, 3, 1, 1, 1);

    private final SplittableRandom random = new SplittableRandom(5);

    /** As recovery networks are: dense maps, convolutions, a soft threshold, skips to an earlier pre-activation. */
    private LayerGraph convolutional() {
        LayerGraph.Builder builder = new LayerGraph.Builder(INPUTS);
        int skipped = builder.affine(0, new DenseMap(SIZE, INPUTS, numbers(SIZE * INPUTS, 1)), numbers(SIZE, 1),
                Float32Rounding.ofSums(INPUTS));
        int last = builder.activation(skipped, PiecewiseLinear.RELU);
        last = convolution(builder, last);
        last = builder.activation(last, new SoftShrinkage(0.3));
        last = builder.affine(List.of(new Term(last, SparseMap.scaling(SIZE, 0.7)),
                new Term(skipped, SparseMap.scaling(SIZE, 1)), new Term(skipped, SparseMap.scaling(SIZE, 0.3))),
                numbers(SIZE, 1), Float32Rounding.ofSums(4));
        last = builder.affine(List.of(new Term(last, SparseMap.scaling(SIZE, 1)),
                new Term(skipped, SparseMap.scaling(SIZE, 1))), new double[SIZE], Float32Rounding.ofSums(1));
        last = builder.activation(last, new PiecewiseLinear(0.1));
        convolution(builder, last);
        return builder.build();
    }

    private int convolution(LayerGraph.Builder builder, int source) {
        LinearMap map = new ConvolutionMap(new int[] {CHANNELS, CHANNELS, 1}, new Axis[] {AXIS, AXIS},
                numbers(CHANNELS * CHANNELS * 9, 0.3), false);
        return builder.affine(source, map, numbers(SIZE, 1), Float32Rounding.ofSums(CHANNELS * 9));
    }

    private double[] numbers(int count, double most) {
        return random.doubles(count, -most, most).map(number -> (float) number).toArray();
    }

    @ParameterizedTest
    @EnumSource
    void uppers_convolutions_areThoseOfSinglePassesButForFloat32(Execution execution) {
        LayerBounds bounds = LayerBounds.intervals(convolutional(), Box.of(INPUTS, -1, 1), execution);
        int layer = bounds.graph().size() - 1;
        assertNear(bounds, layer, random.ints(70, 0, SIZE).distinct().toArray(), 1e-4);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void uppers_randomDenseGraphs_areThoseOfSinglePassesButForFloat32(boolean skips) {
        for (int seed = 0; seed < 100; seed++) {
            LayerGraph graph = TestGraphs.random(new SplittableRandom(seed), skips, 3, 9, 40, 12, 5);
            LayerBounds bounds = LayerBounds.intervals(graph, Box.of(3, -0.3, 1), Execution.EXACT);
            assertNear(bounds, graph.size() - 1, IntStream.range(0, 5).toArray(), 1e-4);
        }
    }

    private static void assertNear(LayerBounds bounds, int layer, int[] elements, double close) {
        bounds.prepareLines(layer);
        double[] uppers = BackwardBatch.uppers(bounds, new Lines(bounds), layer, elements);
        assertEquals(2 * elements.length, uppers.length);
        for (int at = 0; at < elements.length; at++) {
            for (int sign : new int[] {1, -1}) {
                double[] objective = new double[bounds.graph().layer(layer).size()];
                objective[elements[at]] = sign;
                double single = new BackwardPass(bounds).upper(layer, objective, new Lines(bounds));
                double together = uppers[sign > 0 ? at : elements.length + at];
                double width = bounds.box(layer).high()[elements[at]] - bounds.box(layer).low()[elements[at]];
                assertTrue(together >= single - 1e-12 * width, together + " is below " + single);
                assertEquals(single, together, close * width);
            }
        }
    }

    /** Where sums in float32 overflow, nothing is known: never a bound on the wrong side. */
    @Test
    void uppers_coefficientsBeyondFloat32_areInfinite() {
        for (double sign : new double[] {1, -1}) {
            LayerGraph.Builder builder = new LayerGraph.Builder(1);
            int last = builder.affine(0, new DenseMap(2, 1, new double[] {1e30, -1e30}), new double[2],
                    Float32Rounding.EXACT);
            last = builder.activation(last, PiecewiseLinear.RELU);
            builder.affine(last, new DenseMap(1, 2, new double[] {sign * 1e30, sign * 1e30}), new double[1],
                    Float32Rounding.EXACT);
            LayerBounds bounds = LayerBounds.intervals(builder.build(), new Box(new double[] {1}, new double[] {2}),
                    Execution.EXACT);
            bounds.prepareLines(3);
            double[] uppers = BackwardBatch.uppers(bounds, new Lines(bounds), 3, 0);
            assertTrue(uppers[0] >= sign * 1e60 && uppers[1] >= -sign * 1e60, uppers[0] + " and " + uppers[1]);
        }
    }

    /** Infinities of both signs that meet, times an end of the box that is 0. */
    @Test
    void uppers_notANumberTimesZero_isInfinite() {
        for (double[] box : new double[][] {{0, 1}, {-1, 0}}) {
            for (double sign : new double[] {1, -1}) {
                LayerGraph.Builder builder = new LayerGraph.Builder(1);
                int last = builder.affine(0, new DenseMap(2, 1, new double[] {1e20, -0.5e20}), new double[2],
                        Float32Rounding.EXACT);
                builder.affine(last, new DenseMap(1, 2, new double[] {sign * 1e20, sign * 1e20}), new double[1],
                        Float32Rounding.EXACT);
                LayerBounds bounds = LayerBounds.intervals(builder.build(), new Box(new double[] {box[0]},
                        new double[] {box[1]}), Execution.EXACT);
                double[] uppers = BackwardBatch.uppers(bounds, new Lines(bounds), 2, 0);
                double most = Math.max(sign * box[0] * 0.5e40, sign * box[1] * 0.5e40);
                double least = Math.min(sign * box[0] * 0.5e40, sign * box[1] * 0.5e40);
                assertTrue(uppers[0] >= most && -uppers[1] <= least, uppers[0] + " and " + uppers[1]);
            }
        }
    }

    /** Wide layers are bounded in batches: better than by intervals, and never off what is reached. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void run_wideLayers_boundsContainWhatIsReachedAndAreThoseOfSinglePasses(int slopeSteps) {
        LayerGraph graph = convolutional();
        Box input = Box.of(INPUTS, -0.2, 0.3);
        LayerBounds intervals = LayerBounds.intervals(graph, input, Execution.EXACT);
        LayerBounds bounds = LayerBounds.intervals(graph, input, Execution.EXACT);
        int last = graph.size() - 1;
        new BoundPropagation(bounds, new Effort(slopeSteps, 0), Deadline.none(), BoundProgress.NONE).run(last);
        assertTrue(width(bounds.box(last)) < 0.7 * width(intervals.box(last)),
                width(bounds.box(last)) + " against " + width(intervals.box(last)));
        for (int sample = 0; sample < 200; sample++) {
            double[][] values = graph.evaluate(random.doubles(INPUTS, -0.2, 0.3).toArray());
            for (int layer = 1; layer < graph.size(); layer++) {
                for (int i = 0; i < values[layer].length; i++) {
                    double rounded = 1e-12 * (1 + Math.abs(values[layer][i]));
                    assertTrue(values[layer][i] >= bounds.box(layer).low()[i] - rounded
                            && values[layer][i] <= bounds.box(layer).high()[i] + rounded);
                }
            }
        }
        double[] single = new double[SIZE];
        single[77] = 1;
        double upper = new BackwardPass(bounds).upper(last, single, new Lines(bounds));
        double close = 1e-3 * width(bounds.box(last)) / SIZE;
        assertTrue(bounds.box(last).high()[77] <= upper + close);
        assertEquals(upper, bounds.box(last).high()[77], slopeSteps == 0 ? close : 0.2 * upper);
    }

    /** With some effort a layer's elements share the lines that are best for a batch of them, not the boxes'. */
    @Test
    void runInBatches_someEffort_boundsAreNarrowerThanByTheBoxesLines() {
        LayerGraph.Builder builder = new LayerGraph.Builder(INPUTS);
        int last = builder.affine(0, new DenseMap(SIZE, INPUTS, numbers(SIZE * INPUTS, 1)), numbers(SIZE, 0.2),
                Float32Rounding.EXACT);
        for (int at = 0; at < 4; at++) {
            last = convolution(builder, builder.activation(last, PiecewiseLinear.RELU));
        }
        builder.activation(last, PiecewiseLinear.RELU);
        double[] widths = new double[2];
        for (int steps = 0; steps < 2; steps++) {
            LayerBounds bounds = LayerBounds.intervals(builder.build(), Box.of(INPUTS, -0.2, 0.3), Execution.EXACT);
            new BoundPropagation(bounds, new Effort(steps, 0), Deadline.none(), BoundProgress.NONE).runInBatches();
            widths[steps] = width(bounds.box(last));
        }
        assertTrue(widths[1] < 0.95 * widths[0], widths[1] + " against " + widths[0]);
    }

    /** A line below every function on its interval; below a ReLU it is z or 0. */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1.5, Double.POSITIVE_INFINITY})
    void steepFrom_everyActivation_isBelowItAndOfTheSlopeThatTheRatioSays(double ratio) {
        LayerGraph graph = convolutional();
        LayerBounds bounds = LayerBounds.intervals(graph, Box.of(INPUTS, -0.2, 0.3), Execution.EXACT);
        Lines lines = Lines.steepFrom(ratio, bounds, graph.size());
        int flat = 0;
        int steep = 0;
        for (int at = 1; at < graph.size(); at++) {
            if (graph.layer(at) instanceof ActivationLayer activation) {
                Box box = bounds.box(activation.source());
                Relaxation relaxation = lines.relaxation(at);
                for (int i = 0; i < activation.size(); i++) {
                    for (int part = 0; part <= 20; part++) {
                        double z = box.low()[i] + part / 20.0 * (box.high()[i] - box.low()[i]);
                        assertTrue(relaxation.lowerSlope[i] * z + relaxation.lowerIntercept[i]
                                <= activation.function(i).value(z) + 1e-12);
                    }
                    if (bounds.isKinked(activation, i)) {
                        boolean isSteep = box.high()[i] / -box.low()[i] > ratio;
                        assertEquals(isSteep ? 1 : activation.function(i) == PiecewiseLinear.RELU ? 0 : 0.1,
                                relaxation.lowerSlope[i]);
                        steep += isSteep ? 1 : 0;
                        flat += isSteep ? 0 : 1;
                    }
                }
            }
        }
        assertTrue(flat > 100 && (steep > 50 || ratio > 2), flat + " flat and " + steep + " steep lines below kinks");
    }

    private static double width(Box box) {
        return IntStream.range(0, box.size()).mapToDouble(i -> box.high()[i] - box.low()[i]).sum();
    }
}
