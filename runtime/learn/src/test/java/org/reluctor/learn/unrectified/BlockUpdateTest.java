package org.reluctor.learn.unrectified;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reluctor.learn.algebra.HostProducts;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Products;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.unrectified.LayerActivations.Block;

/**
 * After each closed-form update the gradient of the augmented Lagrangian with respect to that block vanishes. The
 * gradient is taken from the written-out function by central differences, which are exact for what is quadratic in
 * each number; the function itself knows nothing of the updates.
 */
class BlockUpdateTest {
    private static final double RIDGE = 0.3;
    private static final double[] PENALTIES = {1.7, 0.6};
    private static final double STEP = 1e-2;
    private static final double TOLERANCE = 1e-9;

    private final Products products = new HostProducts();
    private final Shard shard = SmallProblems.shard(9, 3, 5, 1);

    private List<LayerActivations> state() {
        return List.of(SmallProblems.anywhere(9, 4, 10), SmallProblems.anywhere(9, 6, 30));
    }

    private DenseNetwork network(boolean unrolled) {
        return SmallProblems.network(unrolled, 5, 3, 4, 6, 5);
    }

    /** The function of the class comment of AugmentedLagrangian, term by term. */
    private double value(DenseNetwork network, List<LayerActivations> state) {
        double sum = 0;
        Samples before = shard.measurements();
        for (int layer = 0; layer <= network.hidden(); layer++) {
            Samples product = products.times(network.inputs(layer, before, shard.measurements()),
                    network.weights(layer));
            if (layer == network.hidden()) {
                sum += ForwardPass.halfSquares(product, shard.targets());
                break;
            }
            LayerActivations here = state.get(layer);
            for (int at = 0; at < product.values().length; at++) {
                double d = here.d().values()[at];
                double v = here.v().values()[at];
                double c1 = v - product.values()[at] + here.p1().values()[at];
                double c2 = here.a().values()[at] - d * v + here.p2().values()[at];
                double c3 = d * v - here.s().values()[at] + here.p3().values()[at];
                double c4 = (1 - d) * v + here.t().values()[at] + here.p4().values()[at];
                sum += PENALTIES[layer] / 2 * (c1 * c1 + c2 * c2 + c3 * c3 + c4 * c4);
            }
            before = here.a();
        }
        for (Matrix weights : network.weights()) {
            for (double weight : weights.values()) {
                sum += RIDGE / 2 * weight * weight;
            }
        }
        return sum;
    }

    private double[] gradient(DenseNetwork network, List<LayerActivations> state, double[] block) {
        double[] gradient = new double[block.length];
        for (int at = 0; at < block.length; at++) {
            double kept = block[at];
            block[at] = kept + STEP;
            double above = value(network, state);
            block[at] = kept - STEP;
            gradient[at] = (above - value(network, state)) / (2 * STEP);
            block[at] = kept;
        }
        return gradient;
    }

    private static double norm(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }

    /** The step that remains when the gradient is followed and the result brought back between the bounds. */
    private static double[] projected(double[] block, double[] gradient, double most) {
        double[] step = new double[block.length];
        for (int at = 0; at < block.length; at++) {
            step[at] = block[at] - Math.max(0, Math.min(most, block[at] - gradient[at]));
        }
        return step;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void updateActivations_anyState_leavesNoGradient(boolean unrolled) {
        DenseNetwork network = network(unrolled);
        for (int layer = 0; layer < 2; layer++) {
            List<LayerActivations> state = state();
            double before = norm(gradient(network, state, state.get(layer).a().values()));
            new AugmentedLagrangian(products, RIDGE, PENALTIES, network).updateActivations(shard, state, layer);
            assertEquals(0, norm(gradient(network, state, state.get(layer).a().values())) / before, TOLERANCE);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void updateSums_anyState_leavesNoGradient(boolean unrolled) {
        DenseNetwork network = network(unrolled);
        AugmentedLagrangian lagrangian = new AugmentedLagrangian(products, RIDGE, PENALTIES, network);
        for (int layer = 0; layer < 2; layer++) {
            List<LayerActivations> state = state();
            double before = norm(gradient(network, state, state.get(layer).v().values()));
            state.get(layer).update(lagrangian.product(shard, state, layer), EnumSet.of(Block.SUMS));
            assertEquals(0, norm(gradient(network, state, state.get(layer).v().values())) / before, TOLERANCE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void updateGates_anyState_leavesNoGradientBetweenTheBounds(int layer) {
        DenseNetwork network = network(false);
        List<LayerActivations> state = state();
        double[] block = state.get(layer).d().values();
        double before = norm(projected(block, gradient(network, state, block), 1));
        state.get(layer).update(state.get(layer).v(), EnumSet.of(Block.GATES));
        assertEquals(0, norm(projected(block, gradient(network, state, block), 1)) / before, TOLERANCE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void updateSlacks_anyState_leavesNoGradientAboveZero(int layer) {
        DenseNetwork network = network(false);
        List<LayerActivations> state = state();
        state.get(layer).update(state.get(layer).v(), EnumSet.of(Block.SLACKS));
        for (double[] block : List.of(state.get(layer).s().values(), state.get(layer).t().values())) {
            double[] gradient = gradient(network, state, block);
            double[] step = projected(block, gradient, Double.POSITIVE_INFINITY);
            assertEquals(0, norm(step) / norm(gradient), TOLERANCE);
            assertTrue(norm(gradient) > 0, "some slack is at its bound with a gradient that holds it there");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void weights_anyState_leaveNoGradient(boolean unrolled) {
        DenseNetwork network = network(unrolled);
        List<LayerActivations> state = state();
        AugmentedLagrangian lagrangian = new AugmentedLagrangian(products, RIDGE, PENALTIES, network);
        List<RidgeSum> sums = new ArrayList<>(Stream.generate(RidgeSum::new).limit(3).toList());
        lagrangian.collect(shard, state, sums);
        DenseNetwork solved = lagrangian.weights(sums);
        for (int layer = 0; layer < 3; layer++) {
            double before = norm(gradient(network, state, network.weights(layer).values()));
            double after = norm(gradient(solved, state, solved.weights(layer).values()));
            assertEquals(0, after / before, TOLERANCE);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void start_withTheAdjoint_isStationaryInAllButTheWeights(boolean unrolled) {
        DenseNetwork network = network(unrolled);
        AugmentedLagrangian lagrangian = new AugmentedLagrangian(products, RIDGE, PENALTIES, network);
        List<LayerActivations> state = lagrangian.start(shard, true, new Residuals());
        for (LayerActivations here : state) {
            double scale = norm(here.p2().values());
            for (Samples free : List.of(here.a(), here.v())) {
                assertEquals(0, norm(gradient(network, state, free.values())) / scale, TOLERANCE);
            }
            double[] d = here.d().values();
            assertEquals(0, norm(projected(d, gradient(network, state, d), 1)) / scale, TOLERANCE);
            for (Samples slack : List.of(here.s(), here.t())) {
                double[] values = slack.values();
                double[] step = projected(values, gradient(network, state, values), Double.POSITIVE_INFINITY);
                assertEquals(0, norm(step) / scale, TOLERANCE);
            }
        }
    }
}
