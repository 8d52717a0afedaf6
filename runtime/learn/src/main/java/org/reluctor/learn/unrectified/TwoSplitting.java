package org.reluctor.learn.unrectified;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.reluctor.learn.algebra.Products;
import org.reluctor.learn.algebra.Samples;

/**
 * The fast path: only v = W·inputs and a = relu(v) are split, and the ReLU's own minimisation
 * min_v α(v − q + p1)² + β(relu(v) − a − p2)² is solved exactly, so that d, s and t are what v makes them. Multipliers
 * move after every sweep. No step size; nothing is promised of where it ends. The state is that of
 * the augmented Lagrangian with d = 1 where v &gt; 0.
 */
public final class TwoSplitting {
    private final Products products;
    private final LagrangianOptions options;
    private final UnrectifiedProgress progress;

    /** @param options of which ridge, penalty and the start of the multipliers count */
    public TwoSplitting(Products products, LagrangianOptions options, UnrectifiedProgress progress) {
        this.products = products;
        this.options = options;
        this.progress = progress;
    }

    /** Sweeps until the budget is used up, and gives the weights whose forward objective was lowest. */
    public DenseNetwork train(DenseNetwork start, Shards shards, Budget budget) {
        Budget.Running running = budget.start();
        double[] penalties = LagrangianTrainer.penalties(start, options.penalty());
        double ridge = options.ridge() * shards.samples();
        AugmentedLagrangian lagrangian = new AugmentedLagrangian(products, ridge, penalties, start);
        List<List<LayerActivations>> states = new ArrayList<>();
        for (int at = 0; at < shards.count(); at++) {
            states.add(lagrangian.start(shards.shard(at), options.adjoint(), new Residuals()));
            clear(states.get(at));
        }
        DenseNetwork best = start;
        double least = start.objective(products, shards);
        while (running.share() < 1) {
            List<RidgeSum> sums = Stream.generate(RidgeSum::new).limit(start.hidden() + 1L).toList();
            for (int at = 0; at < shards.count(); at++) {
                sweep(lagrangian, shards.shard(at), states.get(at));
                lagrangian.collect(shards.shard(at), states.get(at), sums);
            }
            DenseNetwork network = lagrangian.weights(sums);
            lagrangian = new AugmentedLagrangian(products, ridge, penalties, network);
            for (int at = 0; at < shards.count(); at++) {
                lagrangian.updateMultipliers(shards.shard(at), states.get(at));
                clear(states.get(at));
            }
            double objective = network.objective(products, shards);
            if (objective < least) {
                least = objective;
                best = network;
            }
            running.step();
            progress.stepped(running.steps(), running.share(), objective);
        }
        return best;
    }

    private static void sweep(AugmentedLagrangian lagrangian, Shard shard, List<LayerActivations> state) {
        for (int layer = state.size() - 1; layer >= 0; layer--) {
            lagrangian.updateActivations(shard, state, layer);
            LayerActivations here = state.get(layer);
            Samples product = lagrangian.product(shard, state, layer);
            for (int at = 0; at < product.values().length; at++) {
                double v = nearest(product.values()[at] - here.p1().values()[at],
                        here.a().values()[at] + here.p2().values()[at]);
                here.v().values()[at] = v;
                here.d().values()[at] = v > 0 ? 1 : 0;
                here.s().values()[at] = Math.max(0, v);
                here.t().values()[at] = Math.max(0, -v);
            }
        }
    }

    /** The v that minimises (v − q)² + (relu(v) − a)²: the better of the two branches' minimisers. */
    static double nearest(double q, double a) {
        double on = Math.max(0, (q + a) / 2);
        double off = Math.min(0, q);
        double costOn = (on - q) * (on - q) + (on - a) * (on - a);
        double costOff = (off - q) * (off - q) + a * a;
        return costOn < costOff ? on : off;
    }

    /** c3 and c4 hold by construction; their multipliers have no part in this. */
    private static void clear(List<LayerActivations> state) {
        for (LayerActivations layer : state) {
            Arrays.fill(layer.p3().values(), 0);
            Arrays.fill(layer.p4().values(), 0);
        }
    }
}
