package org.reluctor.learn.unrectified;

import org.reluctor.learn.algebra.Products;

/**
 * {@code al} in one run, without any gradient optimiser: the restart variant with memory brings the weights near, on
 * the constraints; the augmented Lagrangian starts from there, feasible and with the adjoint's multipliers, and ends
 * within the constraint tolerance; the last layer is then fitted once more to the forward pass.
 */
public final class UnrectifiedTrainer {
    /** What the augmented Lagrangian has of the time at least, however long the steps before it took. */
    private static final double LEAST_LEFT = 1e-3;

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
                : restart.withMemory(start, shards, budget.part(options.lead()));
        double used = budget.seconds() == 0 ? 0 : Math.min(1 - LEAST_LEFT, running.seconds() / budget.seconds());
        Budget left = new Budget(budget.part(1 - options.lead()).steps(), budget.seconds() * (1 - used),
                budget.nanoClock());
        LagrangianTrainer.Result result = new LagrangianTrainer(products, options.lagrangian(), progress)
                .train(near, shards, left);
        DenseNetwork fitted = restart.refitted(result.network(), shards);
        return new LagrangianTrainer.Result(fitted, result.chosen(), result.reports());
    }
}
