package org.reluctor.learn.unrectified;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Products;

/**
 * The un-rectified problem solved on its constraints: every step starts again from the forward pass, where c = 0 and d
 * is the sign of v, fixes d, solves the least-squares problem of each layer's weights ({@link PatternCurvature}) and
 * goes there in part. Either over all shards with a search for the part that lowers the objective, which is monotone;
 * or shard by shard, with a memory of the curvature and of the direction, which is faster by far on large sets.
 */
public final class RestartVariant {
    /** Shards between two measurements of the curvature, and between two factorisations. */
    private static final int CURVATURE_EVERY = 4;
    private static final int FACTORS_EVERY = 40;
    private static final int FIRST_STEPS = 8;
    /** Steps after which the weights have moved far and the means are young. */
    private static final Set<Long> EARLY_FACTORS = Set.of(2L, 7L, 20L);
    private static final int HALVINGS = 8;
    /** A shard's loss this much over what it was a pass ago means that the memory's curvature no longer fits. */
    private static final double DIVERGED = 1.5;
    /** The same, over the loss of the shard before, where a shard comes for the first time: shards may differ. */
    private static final double DIVERGED_FIRST = 5;
    /** As Levenberg and Marquardt answer a step that failed. */
    private static final double MORE_DAMPING = 2;
    /** Over the first: with small strides, at the end, directions of little curvature are worth their noise. */
    private static final double LAST_DAMPING = 0.1;

    private final Products products;
    private final RestartOptions options;
    private final UnrectifiedProgress progress;

    public RestartVariant(Products products, RestartOptions options, UnrectifiedProgress progress) {
        this.products = products;
        this.options = options;
        this.progress = progress;
    }

    /** The last layer's weights by ridge regression on the forward pass of all shards; c = 0 is kept. */
    public DenseNetwork refitted(DenseNetwork network, Shards shards) {
        RidgeSum sum = new RidgeSum();
        for (int at = 0; at < shards.count(); at++) {
            Shard shard = shards.shard(at);
            ForwardPass pass = network.forward(products, shard.measurements());
            sum.add(products, pass.inputs().get(network.hidden()), shard.targets());
        }
        return network.with(network.hidden(), sum.solve(options.ridge() * shards.samples()));
    }

    /**
     * Steps over all shards, each with a line search: the objective, ridge penalty of the last layer included, never
     * rises. Ends early where no part of a step lowers it.
     */
    public DenseNetwork monotone(DenseNetwork start, Shards shards, Budget budget) {
        Budget.Running running = budget.start();
        DenseNetwork network = refitted(start, shards);
        double objective = objective(network, shards);
        while (running.share() < 1) {
            PatternSums sums = new PatternSums(products, network);
            for (int at = 0; at < shards.count(); at++) {
                sums.add(shards.shard(at), true);
            }
            DenseNetwork next = search(network, changes(network, sums), objective, shards);
            if (next == network) {
                break;
            }
            network = next;
            objective = objective(network, shards);
            running.step();
            progress.stepped(running.steps(), running.share(), objective);
        }
        return network;
    }

    private List<Matrix> changes(DenseNetwork network, PatternSums sums) {
        PatternCurvature curvature = new PatternCurvature(products);
        curvature.learn(sums, network.hidden());
        curvature.factorise(network, options.damping());
        List<Matrix> changes = new ArrayList<>();
        for (int layer = 0; layer < network.hidden(); layer++) {
            changes.add(curvature.change(sums, layer));
        }
        return changes;
    }

    private DenseNetwork search(DenseNetwork network, List<Matrix> changes, double objective, Shards shards) {
        double part = 1;
        for (int tried = 0; tried < HALVINGS; tried++) {
            DenseNetwork next = network;
            for (int layer = 0; layer < changes.size(); layer++) {
                next = next.with(layer, network.weights(layer).plus(part, changes.get(layer)));
            }
            next = refitted(next, shards);
            if (objective(next, shards) < objective) {
                return next;
            }
            part /= 2;
        }
        return network;
    }

    /** Half the mean squared error a number, with the last layer's ridge penalty in the same unit. */
    double objective(DenseNetwork network, Shards shards) {
        double loss = 0;
        for (int at = 0; at < shards.count(); at++) {
            Shard shard = shards.shard(at);
            loss += network.forward(products, shard.measurements()).loss(shard.targets());
        }
        double squares = 0;
        for (double weight : network.weights(network.hidden()).values()) {
            squares += weight * weight;
        }
        return (loss / shards.samples() + options.ridge() * squares / 2) / network.width(network.hidden());
    }

    /**
     * Steps shard by shard with memory, in an order drawn anew for each pass; at the end the last layer is fitted to
     * all shards.
     */
    public DenseNetwork withMemory(DenseNetwork start, Shards shards, Budget budget) {
        return withMemory(start, shards, budget, UnrectifiedCheckpoint.NONE);
    }

    /** The same, going on from what was kept there, if anything was, and keeping more of it. */
    public DenseNetwork withMemory(DenseNetwork start, Shards all, Budget budget, UnrectifiedCheckpoint checkpoint) {
        Budget.Running running = budget.start();
        PrincipalOutputs principal = PrincipalOutputs.of(products, all, options.energy());
        Shards shards = principal.of(products, all);
        DenseNetwork begun = checkpoint.restart().map(RestartState::network)
                .orElseGet(() -> fitted(principal.of(start), shards));
        // The fit at the end takes about what was done until here.
        running.reserve(running.seconds());
        return refitted(principal.restored(withMemory(begun, principal, shards, running, checkpoint)), all);
    }

    /** The same in these directions of the outputs, from a fitted start and without the fit at the end. */
    DenseNetwork withMemory(DenseNetwork start, PrincipalOutputs principal, Shards shards, Budget.Running running,
            UnrectifiedCheckpoint checkpoint) {
        Memory memory = checkpoint.restart().map(Memory::new).orElseGet(() -> new Memory(start, shards.count()));
        checkpoint.restart().ifPresent(state -> running.resume(state.steps(), state.seconds()));
        int[] order = {};
        while (running.share() < 1) {
            int at = (int) (running.steps() % shards.count());
            if (at == 0 || order.length == 0) {
                order = Shards.order(shards.count(), options.seed() + running.steps() - at);
            }
            double loss = memory.step(shards.shard(order[at]), order[at], running.share());
            running.step();
            progress.stepped(running.steps(), running.share(), principal.objective(loss));
            if (checkpoint.isDue(running.steps())) {
                checkpoint.keep(memory.state(running.steps(), running.seconds()));
            }
        }
        return memory.network;
    }

    /** With a last layer of zeros, as networks are drawn, fitted; others are fitted already. */
    DenseNetwork fitted(DenseNetwork network, Shards shards) {
        for (double weight : network.weights(network.hidden()).values()) {
            if (weight != 0) {
                return network;
            }
        }
        return refitted(network, shards);
    }

    /** The weights, their direction and the curvature, from shard to shard. */
    private final class Memory {
        private DenseNetwork network;
        private DenseNetwork good;
        private double damping = options.damping();
        private final double[] losses;
        private double loss = Double.POSITIVE_INFINITY;
        private PatternCurvature curvature = new PatternCurvature(products);
        private List<Matrix> direction;
        private long fresh;

        Memory(DenseNetwork network, int shards) {
            this.network = network;
            good = network;
            losses = new double[shards];
        }

        Memory(RestartState state) {
            network = state.network();
            good = state.good();
            damping = state.damping();
            losses = state.losses();
            loss = state.loss();
            fresh = state.fresh();
            direction = state.direction().isEmpty() ? null : state.direction();
            curvature = PatternCurvature.of(products, state.curvature());
        }

        RestartState state(long steps, double seconds) {
            return new RestartState(steps, seconds, network, good, damping, losses, loss, fresh,
                    direction == null ? List.of() : direction, curvature.parts());
        }

        double step(Shard shard, int number, double done) {
            boolean measure = fresh < FIRST_STEPS || fresh % CURVATURE_EVERY == 0;
            boolean factorise = fresh % FACTORS_EVERY == 0 || EARLY_FACTORS.contains(fresh);
            PatternSums sums = new PatternSums(products, network);
            sums.add(shard, measure);
            double before = losses[number] > 0 ? DIVERGED * losses[number] : DIVERGED_FIRST * loss;
            double now = sums.loss() / sums.samples();
            // Written so that a loss which is no number counts as too large.
            if (!(now <= before)) {
                backUp();
                return now;
            }
            losses[number] = now;
            loss = now;
            if (measure) {
                curvature.learn(sums, network.hidden());
            }
            if (factorise) {
                curvature.factorise(network, damping * Math.pow(LAST_DAMPING, done));
                good = network;
            }
            move(sums, options.share() * (1 + Math.cos(Math.PI * done)) / 2);
            fresh++;
            return now;
        }

        /** To the last weights that were good, with more damping, and without what is remembered. */
        private void backUp() {
            network = good;
            damping *= MORE_DAMPING;
            direction = null;
            curvature = new PatternCurvature(products);
            fresh = 0;
        }

        private void move(PatternSums sums, double share) {
            List<Matrix> next = new ArrayList<>();
            for (int layer = 0; layer <= network.hidden(); layer++) {
                Matrix change = curvature.change(sums, layer).times(1 - options.momentum());
                next.add(direction == null ? change : change.plus(options.momentum(), direction.get(layer)));
                network = network.with(layer, network.weights(layer).plus(share, next.get(layer)));
            }
            direction = next;
        }
    }
}
