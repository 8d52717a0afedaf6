package org.reluctor.learn.unrectified;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.reluctor.learn.algebra.Matrix;
import org.reluctor.learn.algebra.Products;

/**
 * Training by the un-rectified augmented Lagrangian: the outer loop of Conn, Gould and Toint around Gauss–Seidel sweeps
 * of closed-form updates. Starts on the constraints, from the forward pass of the given weights.
 *
 * <p>No theorem of theirs applies: with s, t ≥ 0 the constraints c3 and c4 say that one of two numbers vanishes, so
 * that no feasible point satisfies LICQ or MFCQ. The problem is a mathematical program with complementarity
 * constraints. For those, feasible accumulation points of the method are C-stationary under MPCC-LICQ, and strongly
 * stationary where the multipliers stay bounded (Izmailov, Solodov and Uskov, SIAM J. Optim. 22, 2012); a global
 * minimum is nowhere promised. Reports say so, with what can be measured: biactive units and the largest multiplier.
 */
public final class LagrangianTrainer {
    /** Scales of the tolerances: at the first μ of 0.1 they are about 0.8 and 0.1. */
    private static final double CONSTRAINT_SCALE = 0.01;
    private static final double INNER_SCALE = 0.1;
    /** Time of an outer iteration of one sweep over that of the start. */
    private static final double ITERATION_OVER_START = 3;
    /** The same over that of a first iteration that needs no sweep. */
    private static final double SWEPT_OVER_FIRST = 2.5;

    private final Products products;
    private final LagrangianOptions options;
    private final UnrectifiedProgress progress;
    private PrincipalOutputs seen;

    public LagrangianTrainer(Products products, LagrangianOptions options, UnrectifiedProgress progress) {
        this.products = products;
        this.options = options;
        this.progress = progress;
    }

    /** Networks and shards are in these directions of the outputs; reports are of all outputs. */
    LagrangianTrainer seeing(PrincipalOutputs principal) {
        seen = principal;
        return this;
    }

    /**
     * What training found.
     *
     * @param network the weights of the outer iteration whose forward objective was lowest among those that met the
     *                constraint tolerance; the start, which meets it, counts as iteration 0
     * @param chosen  the report of that iteration
     * @param reports of all outer iterations from 1
     */
    public record Result(DenseNetwork network, OuterReport chosen, List<OuterReport> reports) {
        public Result {
            reports = List.copyOf(reports);
        }
    }

    /** Runs until the tolerances are met or the budget's outer iterations or time are used up. */
    public Result train(DenseNetwork start, Shards shards, Budget budget) {
        return train(start, shards, ActivationStore.inMemory(shards.count()), budget);
    }

    /**
     * The same with the activations in files, nine values a hidden unit and sample, so that memory need hold one shard
     * alone.
     *
     * @param scratch an existing folder, which is left as it was
     */
    public Result train(DenseNetwork start, Shards shards, Path scratch, Budget budget) {
        ActivationFiles files = new ActivationFiles(scratch);
        try {
            return train(start, shards, files, budget);
        } finally {
            files.delete(shards.count());
        }
    }

    private Result train(DenseNetwork start, Shards shards, ActivationStore store, Budget budget) {
        return new Run(start, shards, store, budget).toTheEnd();
    }

    /**
     * ρ₀ of every hidden layer: the given multiple of the mean curvature of the objective in its activations, half of
     * the units of later layers taken as on.
     */
    static double[] penalties(DenseNetwork network, double multiple) {
        double[] penalties = new double[network.hidden()];
        double curvature = 1;
        for (int layer = network.hidden() - 1; layer >= 0; layer--) {
            Matrix next = network.activationPart(layer + 1);
            double squares = 0;
            for (double value : next.values()) {
                squares += value * value;
            }
            curvature *= squares / next.rows() * (layer + 1 == network.hidden() ? 1 : 0.5);
            penalties[layer] = multiple * Math.max(curvature, Double.MIN_NORMAL);
        }
        return penalties;
    }

    /** One training. */
    private final class Run {
        private final Shards shards;
        private final ActivationStore store;
        private final Budget.Running running;
        private final OuterTolerances tolerances =
                new OuterTolerances(CONSTRAINT_SCALE, INNER_SCALE, options.reduction());
        private final double[] firstPenalties;
        private final List<OuterReport> reports = new ArrayList<>();
        private final PrincipalOutputs outputs;
        private List<RidgeSum> ofTheStart;
        private boolean met;
        private double rescaling = 1;
        private DenseNetwork network;
        private AugmentedLagrangian lagrangian;
        private DenseNetwork best;
        private OuterReport chosen;

        Run(DenseNetwork start, Shards shards, ActivationStore store, Budget budget) {
            this.shards = shards;
            this.store = store;
            running = budget.start();
            network = start;
            firstPenalties = penalties(start, options.penalty());
            outputs = seen != null ? seen : PrincipalOutputs.all(start.width(start.hidden()));
            lagrangian = lagrangian();
        }

        Result toTheEnd() {
            keep(report(started(), false, false));
            boolean solved = false;
            // Before any iteration is known; the first one after the adjoint's start has no sweep.
            double latest = (ofTheStart == null ? ITERATION_OVER_START : 1) * running.seconds();
            while (!solved && running.leaves(latest)) {
                double began = running.seconds();
                boolean swept = ofTheStart == null;
                OuterReport report = iterate();
                latest = (running.seconds() - began) * (swept ? 1 : SWEPT_OVER_FIRST);
                reports.add(report);
                keep(report);
                progress.iterated(report);
                solved = report.constraint() <= options.constraint() && report.kkt() <= options.gradient();
            }
            return new Result(best, chosen, reports);
        }

        /**
         * On the constraints. With the adjoint's multipliers activations are stationary: nothing is measured, and the
         * first sweep, which would leave them as they are, only has to solve for the weights.
         */
        private Residuals started() {
            Residuals residuals = new Residuals();
            ofTheStart = options.adjoint() ? sums() : null;
            for (int at = 0; at < shards.count(); at++) {
                Shard shard = shards.shard(at);
                List<LayerActivations> state = lagrangian.start(shard, options.adjoint(), residuals);
                if (ofTheStart != null) {
                    lagrangian.collect(shard, state, ofTheStart);
                }
                store.write(at, state);
            }
            return options.adjoint() ? residuals : measured();
        }

        private List<RidgeSum> sums() {
            return Stream.generate(RidgeSum::new).limit(network.hidden() + 1L).toList();
        }

        private AugmentedLagrangian lagrangian() {
            double[] penalties = firstPenalties.clone();
            for (int layer = 0; layer < penalties.length; layer++) {
                penalties[layer] *= OuterTolerances.FIRST / tolerances.penalty();
            }
            return new AugmentedLagrangian(products, options.ridge() * shards.samples(), penalties, network);
        }

        private OuterReport iterate() {
            running.step();
            Residuals residuals = new Residuals();
            boolean innerSolved = false;
            for (int sweep = 0; !innerSolved && sweep < options.sweeps() && (sweep == 0 || running.share() < 1);
                    sweep++) {
                residuals = sweep();
                innerSolved = residuals.projectedGradient() <= tolerances.inner();
            }
            met = residuals.constraint() <= Math.max(options.constraint(), tolerances.constraints());
            final OuterReport report = report(residuals, met, innerSolved);
            if (met) {
                tolerances.tighten();
            } else {
                double before = tolerances.penalty();
                tolerances.penalise();
                rescaling = tolerances.penalty() / before;
                lagrangian = lagrangian();
            }
            return report;
        }

        /** All activations, then all weights, then what that left: the weights' own gradient is zero there. */
        private Residuals sweep() {
            List<RidgeSum> sums = ofTheStart;
            if (sums == null) {
                sums = sums();
                for (int at = 0; at < shards.count(); at++) {
                    Shard shard = shards.shard(at);
                    List<LayerActivations> state = store.read(at);
                    moveMultipliers(shard, state);
                    lagrangian.sweep(shard, state);
                    lagrangian.collect(shard, state, sums);
                    store.write(at, state);
                }
            }
            ofTheStart = null;
            met = false;
            rescaling = 1;
            network = lagrangian.weights(sums);
            lagrangian = lagrangian();
            return measured();
        }

        /**
         * What the last outer iteration decided, done here so that activations are read once: the multipliers' step,
         * or, as they are scaled, their change where the penalty grew and they stay what they are.
         */
        private void moveMultipliers(Shard shard, List<LayerActivations> state) {
            if (met) {
                lagrangian.updateMultipliers(shard, state);
            }
            if (rescaling != 1) {
                state.forEach(layer -> layer.scaleMultipliers(rescaling));
            }
        }

        private Residuals measured() {
            Residuals residuals = new Residuals();
            for (int at = 0; at < shards.count(); at++) {
                lagrangian.measure(shards.shard(at), store.read(at), residuals);
            }
            return residuals;
        }

        private OuterReport report(Residuals residuals, boolean met, boolean innerSolved) {
            return new OuterReport((int) running.steps(), running.seconds(),
                    outputs.objective(residuals.relaxedLoss() / shards.samples()),
                    outputs.objective(residuals.forwardLoss() / shards.samples()), residuals.constraints(),
                    residuals.constraint(), residuals.projectedGradient(), residuals.biactiveShare(),
                    residuals.largestMultiplier(), tolerances.penalty(), met, innerSolved, premise(residuals));
        }

        private void keep(OuterReport report) {
            boolean met = report.constraint() <= options.constraint();
            if (chosen == null || met && report.forwardObjective() < chosen.forwardObjective()) {
                best = network;
                chosen = report;
            }
        }
    }

    private static String premise(Residuals residuals) {
        return String.format(Locale.ROOT, "complementarity constraints: LICQ and MFCQ hold at no feasible point; limit"
                + " points are C-stationary if MPCC-LICQ holds, which is not checked; %.3g %% of units biactive,"
                + " largest multiplier %.3g", 100 * residuals.biactiveShare(), residuals.largestMultiplier());
    }
}
