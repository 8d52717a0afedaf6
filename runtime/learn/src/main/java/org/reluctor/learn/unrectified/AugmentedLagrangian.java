package org.reluctor.learn.unrectified;

import java.util.ArrayList;
import java.util.List;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Products;
import org.reluctor.learn.algebra.Samples;

/**
 * The augmented Lagrangian of a network's weights and of the activations of all samples,
 * Σ ½‖aW − x‖² + λ/2·Σ‖W‖² + Σ_l ρ_l/2·Σ_k ‖c_k + p_k‖², for given penalties ρ_l, and the exact minimisation over each
 * of its blocks. The multipliers p are scaled: over ρ_l.
 */
final class AugmentedLagrangian {
    private final Products products;
    private final double ridge;
    private final double[] penalties;
    private final DenseNetwork network;
    private final List<ActivationSolve> solves = new ArrayList<>();

    /**
     * @param ridge     λ
     * @param penalties ρ of every hidden layer
     * @param network   the weights for which activations are updated
     */
    AugmentedLagrangian(Products products, double ridge, double[] penalties, DenseNetwork network) {
        this.products = products;
        this.ridge = ridge;
        this.penalties = penalties.clone();
        this.network = network;
        for (int layer = 0; layer < network.hidden(); layer++) {
            double weight = isLast(layer) ? 1 : penalties[layer + 1];
            solves.add(new ActivationSolve(products, network.activationPart(layer + 1), weight, penalties[layer]));
        }
    }

    private boolean isLast(int layer) {
        return layer + 1 == network.hidden();
    }

    /**
     * A shard on the constraints, with the multipliers that make all but the weights stationary, or with zero.
     *
     * @param residuals to which what is known of such a point is added
     */
    List<LayerActivations> start(Shard shard, boolean adjoint, Residuals residuals) {
        ForwardPass pass = network.forward(products, shard.measurements());
        List<LayerActivations> state = new ArrayList<>();
        for (int layer = 0; layer < network.hidden(); layer++) {
            state.add(LayerActivations.feasible(pass.sums().get(layer)));
        }
        Samples pull = shard.targets().plus(-1, pass.output());
        for (int layer = network.hidden() - 1; adjoint && layer >= 0; layer--) {
            Samples p = products.times(pull, network.activationPart(layer + 1).transposed());
            double weight = isLast(layer) ? 1 : penalties[layer + 1];
            for (int at = 0; at < p.values().length; at++) {
                p.values()[at] *= weight / penalties[layer];
            }
            state.get(layer).setMultipliers(p);
            pull = state.get(layer).p1();
        }
        for (int layer = 0; layer < network.hidden(); layer++) {
            residuals.addFeasible(state.get(layer), penalties[layer]);
        }
        residuals.addRelaxed(pass.loss(shard.targets()));
        residuals.addForward(pass.loss(shard.targets()));
        return state;
    }

    /** One Gauss–Seidel sweep over a shard's unknowns, from the last hidden layer to the first. */
    void sweep(Shard shard, List<LayerActivations> state) {
        for (int layer = network.hidden() - 1; layer >= 0; layer--) {
            updateActivations(shard, state, layer);
            state.get(layer).update(product(shard, state, layer));
        }
    }

    /** Minimises over the activations of a layer. */
    void updateActivations(Shard shard, List<LayerActivations> state, int layer) {
        LayerActivations here = state.get(layer);
        Samples found = solves.get(layer).solve(products, target(shard, state, layer),
                network.offset(products, layer + 1, shard.measurements()), here.gated().plus(-1, here.p2()));
        System.arraycopy(found.values(), 0, here.a().values(), 0, found.values().length);
    }

    private Samples target(Shard shard, List<LayerActivations> state, int layer) {
        return isLast(layer) ? shard.targets() : state.get(layer + 1).v().plus(1, state.get(layer + 1).p1());
    }

    /** W·inputs of a layer. */
    Samples product(Shard shard, List<LayerActivations> state, int layer) {
        return products.times(inputs(shard, state, layer), network.weights(layer));
    }

    private Samples inputs(Shard shard, List<LayerActivations> state, int layer) {
        Samples before = layer == 0 ? shard.measurements() : state.get(layer - 1).a();
        return network.inputs(layer, before, shard.measurements());
    }

    /** The multipliers' step. */
    void updateMultipliers(Shard shard, List<LayerActivations> state) {
        for (int layer = 0; layer < network.hidden(); layer++) {
            state.get(layer).updateMultipliers(product(shard, state, layer));
        }
    }

    /** Adds a shard to what {@link #weights} solves: one sum a layer. */
    void collect(Shard shard, List<LayerActivations> state, List<RidgeSum> sums) {
        for (int layer = 0; layer <= network.hidden(); layer++) {
            Samples target = layer == network.hidden() ? shard.targets()
                    : state.get(layer).v().plus(1, state.get(layer).p1());
            sums.get(layer).add(products, inputs(shard, state, layer), target);
        }
    }

    /** Minimises over all weights, which are independent of one another given the activations. */
    DenseNetwork weights(List<RidgeSum> sums) {
        List<Matrix> all = new ArrayList<>();
        for (int layer = 0; layer <= network.hidden(); layer++) {
            all.add(sums.get(layer).solve(ridgeOf(layer)));
        }
        return new DenseNetwork(all, network.unrolled());
    }

    /** λ over what multiplies the layer's squares. */
    double ridgeOf(int layer) {
        return layer == network.hidden() ? ridge : ridge / penalties[layer];
    }

    /** Measures the constraints, the projected gradient and both objectives of a shard. */
    void measure(Shard shard, List<LayerActivations> state, Residuals residuals) {
        Samples product = product(shard, state, 0);
        for (int layer = 0; layer < network.hidden(); layer++) {
            LayerActivations here = state.get(layer);
            Samples ahead = product(shard, state, layer + 1);
            Samples remainder = target(shard, state, layer).plus(-1, ahead);
            Samples gradient = solves.get(layer).gradient(products, remainder, here.a(),
                    here.gated().plus(-1, here.p2()));
            residuals.add(here, product, gradient, penalties[layer]);
            if (isLast(layer)) {
                residuals.addRelaxed(ForwardPass.halfSquares(ahead, shard.targets()));
            }
            product = ahead;
        }
        residuals.addForward(network.forward(products, shard.measurements()).loss(shard.targets()));
    }
}
