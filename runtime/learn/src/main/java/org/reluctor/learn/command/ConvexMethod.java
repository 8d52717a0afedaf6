package org.reluctor.learn.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.reluctor.app.command.ProgressLine;
import org.reluctor.app.json.JsonText;
import org.reluctor.learn.algebra.HostProducts;
import org.reluctor.learn.algebra.Products;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.convex.ActivationPatterns;
import org.reluctor.learn.convex.ConeAugmentedLagrangian;
import org.reluctor.learn.convex.ConeProgram;
import org.reluctor.learn.convex.ConeSolution;
import org.reluctor.learn.convex.ConvexProgress;
import org.reluctor.learn.convex.GatedModel;
import org.reluctor.learn.convex.GatedTrainer;
import org.reluctor.learn.convex.GroupLassoSolution;
import org.reluctor.learn.convex.RecoveryResidual;
import org.reluctor.learn.convex.TwoLayerNetwork;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.Provenance;
import org.reluctor.network.RecoveryNetwork;

/**
 * {@code train --method convex}: one hidden layer beside the linear recovery, as a convex program, with a duality gap
 * that the file carries.
 */
final class ConvexMethod implements TrainingMethod {
    /** Noise where none is given, over the signals' root mean square: keeps Φ's dependent rows apart. */
    private static final double LEAST_NOISE = 1e-3;

    private final ConvexSettings settings;
    private final SampleOptions samples;

    ConvexMethod(ConvexSettings settings, SampleOptions samples) {
        this.settings = settings;
        this.samples = samples;
    }

    @Override
    public void check(TrainingTask task) {
        settings.options(task.budget(), task.seed());
        settings.outputs(1);
        samples.samples(settings.samples());
        task.sensor().requirePlain("convex");
    }

    @Override
    public Result train(TrainingTask task, TrainingSignals signals) {
        MeasurementMatrix phi = task.sensor().matrix(signals, task.seed(), new ProgressLine(task.progress())::advanced);
        return samples.with(task, products -> train(task, signals, phi, products));
    }

    private Result train(TrainingTask task, TrainingSignals signals, MeasurementMatrix phi, Products products) {
        Samples x = signals.samples(samples.samples(settings.samples()));
        double noise = task.sensor().noise(LEAST_NOISE * signals.statistics().rms());
        RecoveryResidual residual = RecoveryResidual.of(x, phi, noise, settings.outputs(phi.columns()), products);
        Samples measured = residual.measure(x, products);
        Samples inputs = residual.inputs(measured, products);
        Samples targets = residual.targets(x, measured, products);
        task.progress().line(String.format(Locale.ROOT, "%s, %d samples, %d outputs, objective without a layer %.5f",
                signals.summary(), x.count(), targets.width(), scaled(targets.energy() / 2, targets)));
        Solved solved = settings.layer() == ConvexSettings.Layer.GATED ? gated(task, inputs, targets, products)
                : relu(task, inputs, targets);
        Provenance origin = task.provenance("convex", signals, words(task, signals, phi))
                .withParameters(solved.network.parameters()).withGap(solved.gap);
        NetworkMetadata metadata = task.metadata(signals, phi.rows()).withProvenance(origin);
        RecoveryNetwork network = residual.assemble(task.name(), solved.network, metadata);
        solved.details.put("units", solved.network.neurons());
        return new Result(network, scaled(solved.objective, targets), solved.violation,
                Double.isNaN(solved.gap) ? null : solved.gap, solved.meaning,
                solved.details);
    }

    /**
     * A program that was solved.
     *
     * @param network   that it stands for
     * @param objective of all samples and outputs together
     * @param violation of the cones; null where there are none
     * @param gap       relative, of the program over the sampled patterns; NaN where none can be stated
     * @param meaning   which gap is meant, in words
     * @param details   for the report
     */
    private record Solved(TwoLayerNetwork network, double objective, Double violation, double gap, String meaning,
            Map<String, Object> details) {
    }

    private Solved gated(TrainingTask task, Samples inputs, Samples targets, Products products) {
        GatedTrainer trainer = new GatedTrainer(products, settings.options(task.budget(), task.seed()),
                progress(task, targets));
        if (task.budget().checkpoint() != null) {
            trainer.resumingFrom(task.budget().checkpoint());
        }
        GatedModel model = trainer.train(inputs, targets);
        if (settings.prune() > 0) {
            model = trainer.prune(model, settings.prune());
        }
        String meaning = model.describe(NetworkMetadata.of(1, 1, 1)).provenance().figures();
        Map<String, Object> details = JsonText.map("patterns", model.program().patterns().count(), "gapMeaning",
                meaning, "gapOfAllPatterns", model.full().relative(), "gapOfAllPatternsIsExact", model.fullExact(),
                "dual", scaled(model.gap().dual(), targets), "path", points(model.path(), targets), "rounds",
                points(model.rounds(), targets));
        return new Solved(model.network(), model.gap().primal(), null, model.gap().relative(), meaning, details);
    }

    /** In float64 wherever products are computed: cones hold to 1e-8 or not at all. */
    private Solved relu(TrainingTask task, Samples inputs, Samples targets) {
        Products exact = new HostProducts();
        ActivationPatterns patterns = settings.sampling(task.seed()).draw(inputs);
        ConeProgram program = new ConeProgram(inputs, targets, patterns);
        ConeSolution solution = new ConeAugmentedLagrangian(program, exact, settings.solver(task.budget()),
                progress(task, targets)).solve(settings.beta() * program.largestPenalty(exact));
        // Where cones do not hold, the network is none of the program's, and may lie below its optimum.
        boolean holds = solution.violation() <= ConeAugmentedLagrangian.HOLDS;
        double gap = holds ? solution.gap().relative() : Double.NaN;
        String meaning = holds ? String.format(Locale.ROOT, "relative duality gap %.2e of the ReLU program over %d"
                + " sampled patterns", gap, patterns.count()) : String.format(Locale.ROOT, "no duality gap: the ReLU"
                + " program over %d sampled patterns ended with its cones violated by %.1e", patterns.count(),
                solution.violation());
        return new Solved(solution.network(), solution.gap().primal(), solution.violation(), gap, meaning,
                JsonText.map("patterns", patterns.count(), "gapMeaning", meaning, "dual",
                        scaled(solution.gap().dual(), targets), "iterations", solution.iterations()));
    }

    private static ConvexProgress progress(TrainingTask task, Samples targets) {
        return (stage, iteration, objective, gap) -> task.progress().show(() -> String.format(Locale.ROOT,
                "%s, iteration %d: objective %.6f, gap %.2e", stage, iteration, scaled(objective, targets), gap),
                false);
    }

    private static List<Map<String, Object>> points(List<GroupLassoSolution> solutions, Samples targets) {
        return solutions.stream().map(solution -> JsonText.map("beta", solution.beta(), "objective",
                scaled(solution.gap().primal(), targets), "gap", solution.gap().relative(), "iterations",
                solution.iterations(), "seconds", solution.seconds())).toList();
    }

    /** A sample and output: half a mean squared error, as other methods report it. */
    private static double scaled(double objective, Samples targets) {
        return objective / targets.values().length;
    }

    private Map<String, String> words(TrainingTask task, TrainingSignals signals, MeasurementMatrix phi) {
        Map<String, String> words = new LinkedHashMap<>(task.sensor().words(signals, phi, task.seed()));
        words.putAll(samples.words(settings.samples()));
        words.putAll(settings.words(task.budget(), signals.n()));
        return words;
    }
}
