package org.reluctor.learn.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.learn.unrectified.LagrangianOptions;
import org.reluctor.learn.unrectified.RestartOptions;
import org.reluctor.learn.unrectified.UnrectifiedOptions;
import picocli.CommandLine.Option;

/** The options of training with un-rectified ReLUs. */
final class UnrectifiedSettings {
    /** Which of the family. */
    enum Variant {
        /** Steps on the constraints, then the augmented Lagrangian. */
        AL,
        /** The augmented Lagrangian from random features. */
        COLD,
        /** Steps on the constraints, with memory. */
        RESTART,
        /** The same over all samples, with line search. */
        MONOTONE,
        /** Two-splitting. */
        FAST
    }

    /** Of the steps, what the steps on the constraints get: an outer iteration takes as long as many of them. */
    private static final double LEAD_OF_STEPS = 0.99;
    private static final double LEAD_OF_TIME = 0.9;

    @Option(names = "--variant", paramLabel = "NAME",
            description = "al (steps on the constraints, then the augmented Lagrangian), cold (that alone, from random"
                    + " features), restart (those steps alone), monotone (the same with line search), fast"
                    + " (two-splitting). Default: al")
    private Variant variant = Variant.AL;

    @Option(names = "--unrolled", description = "Every layer also sees the measurements (LISTA's form).")
    private boolean unrolled;

    @Option(names = "--shard-samples", paramLabel = "COUNT",
            description = "Samples that are in memory with their activations at once (default 500).")
    private int shard = 500;

    @Option(names = "--scratch", paramLabel = "DIR",
            description = "Keep activations in files of this folder: nine numbers a hidden unit and sample (default: in"
                    + " memory).")
    private Path scratch;

    @Option(names = "--lead", paramLabel = "SHARE",
            description = "Share of the budget that goes to the steps on the constraints (default 0.9; of --steps"
                    + " 0.99).")
    private Double lead;

    @Option(names = "--ridge", paramLabel = "LAMBDA", description = "Ridge a sample on all weights (default 1e-4).")
    private double ridge = 1e-4;

    @Option(names = "--penalty", paramLabel = "RHO",
            description = "First penalty over the objective's own curvature (default 1000 behind the steps on the"
                    + " constraints, else 30).")
    private Double penalty;

    @Option(names = "--sweeps", paramLabel = "COUNT",
            description = "Sweeps over all unknowns an outer iteration at most (default 1).")
    private int sweeps = LagrangianOptions.STANDARD.sweeps();

    @Option(names = "--constraint", paramLabel = "RMS",
            description = "Root mean square of the constraints that a solution may have (default 1e-3).")
    private double constraint = LagrangianOptions.STANDARD.constraint();

    @Option(names = "--damping", paramLabel = "SHARE",
            description = "Of the steps on the constraints: added to the curvature's diagonal at first, over its mean"
                    + " (default 1).")
    private double damping = RestartOptions.STANDARD.damping();

    @Option(names = "--stride-share", paramLabel = "SHARE",
            description = "Of each of their solutions what is taken at first (default 0.5).")
    private double share = RestartOptions.STANDARD.share();

    @Option(names = "--momentum", paramLabel = "SHARE",
            description = "What they keep of the direction before (default 0.8).")
    private double momentum = RestartOptions.STANDARD.momentum();

    @Option(names = "--energy", paramLabel = "SHARE",
            description = "Share of the targets' energy whose directions they see; the last layer is fitted to all"
                    + " (default 0.97).")
    private double energy = RestartOptions.STANDARD.energy();

    @Option(names = "--polish", paramLabel = "MINUTES",
            description = "Then train by gradients for so long; --batch and the options of adam say how.")
    private double polishMinutes;

    @Option(names = "--polish-steps", paramLabel = "COUNT", description = "Then train by gradients for so many steps.")
    private int polishSteps;

    /** Refuses what is out of range. */
    void check(BudgetOptions budget) {
        options(budget, 1);
        if (shard < 1 || polishSteps < 0 || !(polishMinutes >= 0) || Double.isInfinite(polishMinutes)) {
            throw new IllegalArgumentException("--shard-samples " + shard + ", --polish-steps " + polishSteps
                    + ", --polish " + polishMinutes + ": right are 1 or more, 0 or more, 0 or more");
        }
        if (scratch != null && !Files.isDirectory(scratch)) {
            throw new Failure(ExitStatus.CANNOT_CREATE, scratch + ": no folder for scratch files; name one that is"
                    + " there");
        }
    }

    Variant variant() {
        return variant;
    }

    boolean unrolled() {
        return unrolled;
    }

    int shard() {
        return shard;
    }

    Path scratch() {
        return scratch;
    }

    double polishMinutes() {
        return polishMinutes;
    }

    int polishSteps() {
        return polishSteps;
    }

    boolean isPolished() {
        return polishMinutes > 0 || polishSteps > 0;
    }

    /** All that the trainer is told. */
    UnrectifiedOptions options(BudgetOptions budget, long seed) {
        boolean near = variant == Variant.AL && (lead == null || lead > 0);
        LagrangianOptions standard = near ? LagrangianOptions.NEAR : LagrangianOptions.STANDARD;
        double usual = budget.isBySteps() ? LEAD_OF_STEPS : LEAD_OF_TIME;
        double first = penalty == null ? standard.penalty() : penalty;
        return new UnrectifiedOptions(new RestartOptions(ridge, damping, share, momentum, energy, seed),
                new LagrangianOptions(ridge, first, constraint, standard.gradient(), standard.reduction(), sweeps,
                        standard.adjoint()), variant == Variant.COLD ? 0 : lead == null ? usual : lead);
    }

    /** The same as words of the command line. */
    Map<String, String> words(BudgetOptions budget) {
        UnrectifiedOptions options = options(budget, 1);
        Map<String, String> words = new LinkedHashMap<>();
        words.put("--variant", variant.name().toLowerCase(Locale.ROOT));
        words.put("--shard-samples", String.valueOf(shard));
        words.put("--lead", variant == Variant.AL ? String.valueOf(options.lead()) : "");
        words.put("--ridge", String.valueOf(ridge));
        words.put("--penalty", String.valueOf(options.lagrangian().penalty()));
        words.put("--sweeps", String.valueOf(sweeps));
        words.put("--constraint", String.valueOf(constraint));
        words.put("--damping", String.valueOf(damping));
        words.put("--stride-share", String.valueOf(share));
        words.put("--momentum", String.valueOf(momentum));
        words.put("--energy", String.valueOf(energy));
        words.put("--polish", polishMinutes == 0 ? "" : String.valueOf(polishMinutes));
        words.put("--polish-steps", polishSteps == 0 ? "" : String.valueOf(polishSteps));
        return words;
    }
}
