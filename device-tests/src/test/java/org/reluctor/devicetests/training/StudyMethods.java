package org.reluctor.devicetests.training;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import org.reluctor.devicetests.study.PairGradients;
import org.reluctor.devicetests.study.Stopwatch;
import org.reluctor.devicetests.study.StudyClock;
import org.reluctor.learn.algebra.Products;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.unrectified.Budget;
import org.reluctor.learn.unrectified.DenseNetwork;
import org.reluctor.learn.unrectified.LagrangianOptions;
import org.reluctor.learn.unrectified.LagrangianTrainer;
import org.reluctor.learn.unrectified.OuterReport;
import org.reluctor.learn.unrectified.ResidualProblem;
import org.reluctor.learn.unrectified.RestartOptions;
import org.reluctor.learn.unrectified.RestartVariant;
import org.reluctor.learn.unrectified.Shards;
import org.reluctor.learn.unrectified.TwoSplitting;
import org.reluctor.learn.unrectified.UnrectifiedOptions;
import org.reluctor.learn.unrectified.UnrectifiedProgress;
import org.reluctor.learn.unrectified.UnrectifiedTrainer;

/**
 * The ways to train one network on one task: al (as shipped), restart (the steps on the constraints with memory alone),
 * restart-monotone (over all samples, with line search), fast (two-splitting), al-cold (the augmented Lagrangian from
 * random features, nothing but minimisation block by block), adam (the project's training by gradients on the device),
 * adam-fitted (its last layer fitted in the end, as the un-rectified methods do), al-adam (a third of the time al, then
 * Adam).
 */
final class StudyMethods {
    /** All of them. */
    static final List<String> NAMES = List.of("al", "restart", "restart-monotone", "fast", "al-cold", "al-adam",
            "adam", "adam-fitted");
    private static final double FIRST_OF_BOTH = 1.0 / 3;

    private final UnrectifiedStudyOptions options;
    private final Products products;
    private final Samples measurements;
    private final Samples targets;
    private final StudyClock clock;
    private final DenseGradients gradients;

    StudyMethods(UnrectifiedStudyOptions options, Products products, StudyCase task, ResidualProblem problem) {
        this.options = options;
        this.products = products;
        clock = options.clock();
        measurements = problem.measurements(task.training());
        targets = problem.targets(task.training());
        gradients = new DenseGradients(new PairGradients(measurements, targets, options.batch()));
    }

    /**
     * What a training gave.
     *
     * @param network    the weights
     * @param chosen     report of the outer iteration they are from; null of methods without
     * @param iterations outer iterations that ran
     */
    record Trained(DenseNetwork network, OuterReport chosen, int iterations) {
        /** Of a method without outer iterations. */
        static Trained by(DenseNetwork network) {
            return new Trained(network, null, 0);
        }
    }

    /**
     * One training.
     *
     * @param method   of {@link #NAMES}
     * @param seed     of everything that is drawn
     * @param seconds  of the clock
     * @param rate     of Adam
     * @param progress hears the seconds that passed and the objective of that step's samples
     * @param watch    started; what it measures is the training
     */
    record Assignment(String method, int seed, double seconds, double rate, BiConsumer<Double, Double> progress,
            Stopwatch watch) {
    }

    /** Trains from a fresh start. */
    Trained train(Assignment assignment) {
        int hidden = options.hidden();
        DenseNetwork start = DenseNetwork.random(false, assignment.seed(), measurements.width(), hidden, hidden,
                targets.width());
        if (assignment.method().equals("adam")) {
            return Trained.by(adam(assignment, start, assignment.seconds(), 0));
        }
        double began = clock.seconds();
        UnrectifiedProgress progress = progress(assignment, began);
        Shards shards = Shards.dealt(measurements, targets, (int) number("shard", 500), assignment.seed());
        RestartOptions steps = steps(assignment.seed());
        RestartVariant restart = new RestartVariant(products, steps, progress);
        Budget budget = new Budget(0, assignment.seconds(), clock);
        switch (assignment.method()) {
            case "restart":
                return Trained.by(restart.withMemory(start, shards, budget));
            case "restart-monotone":
                return Trained.by(restart.monotone(start, shards, budget));
            case "fast":
                return Trained.by(new TwoSplitting(products, relaxed(LagrangianOptions.STANDARD), progress)
                        .train(restart.refitted(start, shards), shards, budget));
            case "al-cold":
                return lagrangian(0, assignment, start, shards, budget, began);
            case "al":
                return lagrangian(lead(), assignment, start, shards, budget, began);
            case "adam-fitted":
                double fit = fitSeconds(restart, start, shards);
                return Trained.by(restart.refitted(adam(assignment, start,
                        atLeastAStep(assignment.seconds() - fit - (clock.seconds() - began)), 0), shards));
            default:
                Trained near = lagrangian(lead(), assignment, start, shards,
                        new Budget(0, FIRST_OF_BOTH * assignment.seconds(), clock), began);
                double spent = clock.seconds() - began;
                return new Trained(adam(assignment, near.network(), atLeastAStep(assignment.seconds() - spent), spent),
                        null, near.iterations());
        }
    }

    /** Where the part before gradients took longer than both should, as a short warm-up does, one step is left. */
    private static double atLeastAStep(double seconds) {
        return Math.max(1e-3, seconds);
    }

    private double fitSeconds(RestartVariant restart, DenseNetwork start, Shards shards) {
        double began = clock.seconds();
        restart.refitted(start, shards);
        return clock.seconds() - began;
    }

    private double number(String name, double otherwise) {
        return options.tuning().getOrDefault(name, otherwise);
    }

    private double lead() {
        return number("lead", UnrectifiedOptions.STANDARD.lead());
    }

    private RestartOptions steps(int seed) {
        RestartOptions standard = RestartOptions.STANDARD;
        return new RestartOptions(number("ridge", standard.ridge()), number("damping", standard.damping()),
                number("share", standard.share()), number("momentum", standard.momentum()),
                number("energy", standard.energy()), seed);
    }

    private LagrangianOptions relaxed(LagrangianOptions standard) {
        return new LagrangianOptions(number("ridge", standard.ridge()), number("penalty", standard.penalty()),
                number("constraint", standard.constraint()), standard.gradient(), standard.reduction(),
                (int) number("sweeps", standard.sweeps()), true);
    }

    private Trained lagrangian(double lead, Assignment assignment, DenseNetwork start, Shards shards, Budget budget,
            double began) {
        LagrangianOptions outer = relaxed(lead == 0 ? LagrangianOptions.STANDARD : LagrangianOptions.NEAR);
        UnrectifiedOptions how = new UnrectifiedOptions(steps(assignment.seed()), outer, lead);
        LagrangianTrainer.Result result = new UnrectifiedTrainer(products, how, progress(assignment, began))
                .train(start, shards, budget);
        return new Trained(result.network(), result.chosen(), result.reports().size());
    }

    private DenseNetwork adam(Assignment assignment, DenseNetwork start, double seconds, double spent) {
        return gradients.train(start, new PairGradients.Schedule(seconds, clock, assignment.watch(),
                assignment.rate(), 0, assignment.seed(),
                (passed, loss) -> assignment.progress().accept(spent + passed, loss)));
    }

    private UnrectifiedProgress progress(Assignment assignment, double began) {
        return new UnrectifiedProgress() {
            @Override
            public void stepped(long steps, double share, double objective) {
                assignment.progress().accept(clock.seconds() - began, objective);
            }

            @Override
            public void iterated(OuterReport report) {
                assignment.progress().accept(clock.seconds() - began, report.forwardObjective());
                if (options.verbose()) {
                    System.err.println(report);
                }
            }
        };
    }

    /** Of the forward network over all training samples: half the mean squared difference a number. */
    double objective(DenseNetwork network) {
        Samples error = network.apply(products, measurements).plus(-1, targets);
        return Arrays.stream(error.values()).map(value -> value * value).average().orElseThrow() / 2;
    }
}
