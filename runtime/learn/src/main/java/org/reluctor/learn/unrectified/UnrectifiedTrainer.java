package org.reluctor.learn.unrectified;

import org.reluctor.learn.algebra.Products;

/**
 * {@code al} in one run, without any gradient optimiser: the restart variant with memory brings the weights near, on
 * the constraints; the augmented Lagrangian starts from there, feasible and with the adjoint's multipliers, and ends
 * within the constraint tolerance; the last layer is then fitted once more to the forward pass.
 */
public final class UnrectifiedTrainer {
    /** How often the time of a fit of the last layer the augmented Lagrangian takes to start and to iterate once. */
    private static final double PASSES_NEEDED = 8;
    private static final double LEAST_LEAD = 0.5;
    private static final double LEAST_SECONDS = 1e-3;

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
        DenseNetwork near = restart.refitted(start, shards);
        double lead = options.lead();
        if (budget.seconds() > 0 && lead > 0) {
            double needed = PASSES_NEEDED * running.seconds() / budget.seconds();
            lead = Math.min(lead, Math.max(LEAST_LEAD, 1 - needed));
        }
        if (lead > 0) {
            near = restart.withMemory(near, shards, budget.part(lead));
        }
        double left = budget.seconds() == 0 ? 0 : Math.max(LEAST_SECONDS, budget.seconds() - running.seconds());
        Budget rest = new Budget(budget.part(1 - lead).steps(), left, budget.nanoClock());
        LagrangianTrainer.Result result = new LagrangianTrainer(products, options.lagrangian(), progress)
                .train(near, shards, rest);
        DenseNetwork fitted = restart.refitted(result.network(), shards);
        return new LagrangianTrainer.Result(fitted, result.chosen(), result.reports());
    }
}
