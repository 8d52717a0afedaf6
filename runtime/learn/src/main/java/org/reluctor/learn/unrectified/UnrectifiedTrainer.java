package org.reluctor.learn.unrectified;

import java.nio.file.Path;
import java.util.List;
import org.reluctor.learn.algebra.Products;

/**
 * {@code al} in one run, without any gradient optimiser: the restart variant with memory brings the weights near, on
 * the constraints; the augmented Lagrangian starts from there, feasible and with the adjoint's multipliers, and ends
 * within the constraint tolerance; the last layer is then fitted once more to the forward pass. Where the time of a
 * budget holds no outer iteration beside enough of those steps, the network stays the steps' own, on the constraints.
 *
 * <p>What makes the claim: no rate is chosen and no moment of a gradient is kept. Every move goes, in part, to the
 * minimiser of a quadratic, found by factorisation: of a layer's weights with the activation variables held, or of one
 * block of the augmented Lagrangian. By algebra such a minimiser is a positive definite matrix times the negative
 * gradient away, as for every Gauss–Newton method; who counts that as a gradient step has the sweeps alone, with a lead
 * of 0.
 */
public final class UnrectifiedTrainer {
    /** How often the time of a first fit the augmented Lagrangian takes to start and to iterate once. */
    private static final double FITS_NEEDED = 12;
    /** How often that time the fit to all outputs at the end takes. */
    private static final double FITS_OF_ALL = 2;
    /** The most of a budget that it takes: the steps before it gain more in the same time. */
    private static final double MOST = 0.25;
    private static final double LEAST_SECONDS = 1e-3;

    private final Products products;
    private final UnrectifiedOptions options;
    private final UnrectifiedProgress progress;
    private UnrectifiedCheckpoint checkpoint = UnrectifiedCheckpoint.NONE;
    private Path scratch;

    public UnrectifiedTrainer(Products products, UnrectifiedOptions options, UnrectifiedProgress progress) {
        this.products = products;
        this.options = options;
        this.progress = progress;
    }

    /** Goes on from what was kept there, if anything was, and keeps more of it. */
    public UnrectifiedTrainer resumingFrom(UnrectifiedCheckpoint kept) {
        checkpoint = kept;
        return this;
    }

    /** Keeps activations in files there rather than in memory. */
    public UnrectifiedTrainer withScratch(Path folder) {
        scratch = folder;
        return this;
    }

    /**
     * Trains. Steps of the budget are those of the restart variant and outer iterations, dealt out by the lead.
     *
     * @param start weights, whose last layer is fitted first
     */
    public LagrangianTrainer.Result train(DenseNetwork start, Shards shards, Budget budget) {
        Budget.Running running = budget.start();
        RestartVariant restart = new RestartVariant(products, options.restart(), progress);
        PrincipalOutputs principal = PrincipalOutputs.of(products, shards, options.restart().energy());
        Shards seen = principal.of(products, shards);
        final double before = running.seconds();
        DenseNetwork near = checkpoint.near().orElseGet(() -> restart.fitted(principal.of(start), seen));
        double fit = fit(restart, near, seen, running.seconds() - before, budget);
        double lead = lead(fit, budget);
        if (checkpoint.near().isPresent()) {
            running.resume(0, checkpoint.nearSeconds());
        } else if (lead > 0) {
            Budget steps = budget.part(lead).less(running.seconds() + (lead == 1 ? FITS_OF_ALL * fit : 0));
            near = restart.withMemory(near, principal, seen, steps.start(), checkpoint);
            // What an earlier process took of those steps, which counts here from now on, too.
            checkpoint.restart().ifPresent(kept -> running.resume(0, kept.seconds()));
            checkpoint.keepNear(near, running.seconds());
        }
        if (lead == 1) {
            DenseNetwork fitted = restart.refitted(principal.restored(near), shards);
            OuterReport report = OuterReport.onConstraints(running.seconds(), fitted.objective(products, shards));
            return new LagrangianTrainer.Result(fitted, report, List.of());
        }
        double left = budget.seconds() == 0 ? 0
                : Math.max(LEAST_SECONDS, budget.seconds() - running.seconds() - FITS_OF_ALL * fit);
        Budget rest = new Budget(budget.part(1 - lead).steps(), left, budget.nanoClock());
        LagrangianTrainer lagrangian = new LagrangianTrainer(products, options.lagrangian(), progress)
                .seeing(principal);
        LagrangianTrainer.Result result = scratch == null ? lagrangian.train(near, seen, rest)
                : lagrangian.train(near, seen, scratch, rest);
        DenseNetwork fitted = restart.refitted(principal.restored(result.network()), shards);
        return new LagrangianTrainer.Result(fitted, result.chosen(), result.reports());
    }

    /**
     * Seconds of a fit. A process's first one also waits for the compiler: whether there is room for outer iterations
     * is for a second one to say, and where training goes on behind the steps there was no first one.
     */
    private double fit(RestartVariant restart, DenseNetwork near, Shards seen, double first, Budget budget) {
        boolean none = checkpoint.near().isPresent();
        if (budget.seconds() == 0 || !none && lead(first, budget) < 1) {
            return first;
        }
        long began = budget.nanoClock().getAsLong();
        restart.refitted(near, seen);
        double second = (budget.nanoClock().getAsLong() - began) / 1e9;
        return none ? second : Math.min(first, second);
    }

    /** The share of the budget that goes to the steps on the constraints; 1 where no outer iteration has room. */
    private double lead(double fit, Budget budget) {
        if (budget.seconds() == 0 || options.lead() == 0) {
            return options.lead();
        }
        double fitShare = fit / budget.seconds();
        return FITS_NEEDED * fitShare > MOST ? 1 : Math.min(options.lead(), 1 - FITS_NEEDED * fitShare);
    }
}
