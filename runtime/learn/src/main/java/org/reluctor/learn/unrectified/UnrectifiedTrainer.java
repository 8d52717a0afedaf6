package org.reluctor.learn.unrectified;

import org.reluctor.learn.algebra.Products;

/**
 * {@code al} in one run, without any gradient optimiser: the restart variant with memory brings the weights near, on
 * the constraints; the augmented Lagrangian starts from there, feasible and with the adjoint's multipliers, and ends
 * within the constraint tolerance; the last layer is then fitted once more to the forward pass.
 */
public final class UnrectifiedTrainer {
    private final Products products;
    private final UnrectifiedOptions options;
    private final UnrectifiedProgress progress;

    public UnrectifiedTrainer(Products products, UnrectifiedOptions options, UnrectifiedProgress progress) {
        this.products = products;
        this.options = options;
        this.progress = progress;
    }

    /**
     * Trains. Steps of the budget are those of the restart variant and outer iterations, dealt out by the lead.
     *
     * @param start weights, whose last layer is fitted first
     */
    public LagrangianTrainer.Result train(DenseNetwork start, Shards shards, Budget budget) {
        Budget.Running running = budget.start();
        RestartVariant restart = new RestartVariant(products, options.restart(), progress);
        DenseNetwork near = options.lead() == 0 ? restart.refitted(start, shards)
                : restart.withMemory(start, shards, part(budget, options.lead()));
        Budget left = new Budget(budget.steps() == 0 ? 0 : Math.max(1, Math.round(budget.steps()
                * (1 - options.lead()))), budget.seconds() == 0 ? 0
                : Math.max(1e-3, budget.seconds() - running.seconds()));
        LagrangianTrainer.Result result = new LagrangianTrainer(products, options.lagrangian(), progress)
                .train(near, shards, left);
        DenseNetwork fitted = restart.refitted(result.network(), shards);
        return new LagrangianTrainer.Result(fitted, result.chosen(), result.reports());
    }

    private static Budget part(Budget budget, double share) {
        return new Budget(budget.steps() == 0 ? 0 : Math.max(1, Math.round(budget.steps() * share)),
                budget.seconds() * share);
    }
}
