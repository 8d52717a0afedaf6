package org.reluctor.learn.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.reluctor.app.command.ProgressLine;
import org.reluctor.app.json.JsonText;
import org.reluctor.learn.algebra.Products;
import org.reluctor.learn.algebra.Samples;
import org.reluctor.learn.architecture.TrainableNetwork;
import org.reluctor.learn.training.GradientTrainer;
import org.reluctor.learn.unrectified.Budget;
import org.reluctor.learn.unrectified.DenseNetwork;
import org.reluctor.learn.unrectified.LagrangianTrainer;
import org.reluctor.learn.unrectified.OuterReport;
import org.reluctor.learn.unrectified.ResidualProblem;
import org.reluctor.learn.unrectified.RestartVariant;
import org.reluctor.learn.unrectified.Shards;
import org.reluctor.learn.unrectified.TwoSplitting;
import org.reluctor.learn.unrectified.UnrectifiedCheckpoint;
import org.reluctor.learn.unrectified.UnrectifiedOptions;
import org.reluctor.learn.unrectified.UnrectifiedTrainer;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.opencl.device.DeviceSession;

/**
 * {@code train --method al}: a fully connected network beside the affine recovery, its ReLUs un-rectified; and then, if
 * wished, by gradients.
 */
final class UnrectifiedMethod implements TrainingMethod {
    private static final int USUAL_STEPS = 1000;
    private static final int USUAL_SAMPLES = 20_000;
    private static final List<Integer> USUAL_LAYERS = List.of(512, 512);

    private final UnrectifiedSettings settings;
    private final SampleOptions samples;
    private final GradientSettings gradients;
    private final BatchOptions batch;
    private final List<OuterReport> reports = new ArrayList<>();

    UnrectifiedMethod(UnrectifiedSettings settings, SampleOptions samples, GradientSettings gradients,
            BatchOptions batch) {
        this.settings = settings;
        this.samples = samples;
        this.gradients = gradients;
        this.batch = batch;
    }

    @Override
    public void check(TrainingTask task) {
        settings.check(task.budget());
        samples.samples(USUAL_SAMPLES);
        batch.size(false);
        task.sensor().requirePlain("al");
        if (task.shape().hidden(USUAL_LAYERS).contains(0)) {
            throw new IllegalArgumentException("--hidden: a layer of --method al needs 1 unit or more");
        }
    }

    @Override
    public boolean chooses() {
        return settings.isPolished();
    }

    /**
     * What un-rectified training left.
     *
     * @param network   beside the affine recovery
     * @param objective of the forward network over all samples
     * @param chosen    report of the outer iteration it is from; null of variants without
     */
    private record Trained(TrainableNetwork network, int parameters, double objective, OuterReport chosen) {
    }

    @Override
    public Result train(TrainingTask task, TrainingSignals signals) {
        MeasurementMatrix phi = task.sensor().matrix(signals, task.seed(), new ProgressLine(task.progress())::advanced);
        NetworkMetadata metadata = task.metadata(signals, phi.rows());
        metadata = metadata.withProvenance(task.provenance("al", signals, words(task, signals, phi)));
        NetworkMetadata described = metadata;
        Trained trained = samples.with(task, products -> unrectified(task, signals, phi, products, described));
        Map<String, Object> details = details(trained);
        RecoveryNetwork network = trained.network().network();
        if (settings.isPolished()) {
            network = polished(task, signals, trained, details);
        }
        network = network.withMetadata(network.metadata().withProvenance(
                network.metadata().provenance().withParameters(trained.parameters())));
        OuterReport chosen = trained.chosen();
        String remarks = String.format(Locale.ROOT, "objective %.4f (0.5 is the affine recovery's)", trained.objective)
                + (chosen == null ? "" : String.format(Locale.ROOT, ", constraints %.2e rms", chosen.constraint()));
        return new Result(network, trained.objective(), chosen == null ? null : chosen.constraint(), null, remarks,
                details);
    }

    private Trained unrectified(TrainingTask task, TrainingSignals signals, MeasurementMatrix phi, Products products,
            NetworkMetadata metadata) {
        Samples x = signals.samples(samples.samples(USUAL_SAMPLES));
        ResidualProblem problem = new ResidualProblem(products, x, phi);
        Shards shards = Shards.dealt(problem.measurements(x), problem.targets(x), settings.shard(), task.seed());
        List<Integer> widths = new ArrayList<>(List.of(phi.rows()));
        widths.addAll(task.shape().hidden(USUAL_LAYERS));
        widths.add(phi.columns());
        DenseNetwork start = DenseNetwork.random(settings.unrolled(), task.seed(),
                widths.stream().mapToInt(Integer::intValue).toArray());
        task.progress().line(String.format(Locale.ROOT, "%s, %d samples in %d shards, %d parameters, layers %s",
                signals.summary(), shards.samples(), shards.count(), start.parameters(), widths));
        LagrangianTrainer.Result result = run(task, products, start, shards);
        DenseNetwork network = result.network();
        return new Trained(problem.assemble(task.name(), network, metadata), network.parameters(),
                network.objective(products, shards), result.chosen());
    }

    private LagrangianTrainer.Result run(TrainingTask task, Products products, DenseNetwork start, Shards shards) {
        UnrectifiedOptions options = settings.options(task.budget(), task.seed());
        Budget budget = new Budget(task.budget().limit(USUAL_STEPS), 60 * task.budget().minutes());
        UnrectifiedReports progress = new UnrectifiedReports(task.progress(), budget, reports);
        RestartVariant restart = new RestartVariant(products, options.restart(), progress);
        UnrectifiedCheckpoint checkpoint = checkpoint(task, options, start, shards);
        DenseNetwork network = switch (settings.variant()) {
            case RESTART -> restart.withMemory(start, shards, budget, checkpoint);
            case MONOTONE -> restart.monotone(start, shards, budget);
            case FAST -> new TwoSplitting(products, options.lagrangian(), progress).train(restart.refitted(start,
                    shards), shards, budget);
            case AL, COLD -> null;
        };
        return network != null ? new LagrangianTrainer.Result(network, null, List.of())
                : new UnrectifiedTrainer(products, options, progress).resumingFrom(checkpoint)
                        .withScratch(settings.scratch()).train(start, shards, budget);
    }

    private UnrectifiedCheckpoint checkpoint(TrainingTask task, UnrectifiedOptions options, DenseNetwork start,
            Shards shards) {
        if (task.budget().checkpoint() == null) {
            return UnrectifiedCheckpoint.NONE;
        }
        int steps = task.budget().steps(USUAL_STEPS);
        return UnrectifiedCheckpoint.at(task.budget().checkpoint(), task.budget().checkpointEvery(steps),
                settings.variant() + "|" + options + "|" + steps, start, shards);
    }

    private RecoveryNetwork polished(TrainingTask task, TrainingSignals signals, Trained trained,
            Map<String, Object> details) {
        task.progress().line("by gradients from here");
        try (DeviceSession session = task.device().session();
                GradientTrainer trainer = new GradientTrainer(trained.network().network(),
                        trained.network().trainable(), signals.batches(batch, task.seed()),
                        gradients.polishing(settings, signals.side() > 0, task.seed()), session,
                        GradientMethod.progress(task.progress(), settings.polishMinutes() > 0))) {
            if (task.budget().checkpoint() != null) {
                trainer.resumingFrom(task.budget().checkpoint().resolveSibling(
                        task.budget().checkpoint().getFileName() + ".polish"));
            }
            RecoveryNetwork network = trainer.train();
            details.put("polish", JsonText.map("steps", trainer.steps(), "loss", trainer.validation()));
            return network;
        }
    }

    private Map<String, Object> details(Trained trained) {
        Map<String, Object> details = JsonText.map("variant", settings.variant().name().toLowerCase(Locale.ROOT));
        OuterReport chosen = trained.chosen();
        if (chosen != null) {
            details.putAll(UnrectifiedReports.values(chosen));
            details.put("premise", chosen.premise());
            details.put("iterations", reports.stream().map(UnrectifiedReports::values).toList());
        }
        return details;
    }

    private Map<String, String> words(TrainingTask task, TrainingSignals signals, MeasurementMatrix phi) {
        Map<String, String> words = new LinkedHashMap<>(task.sensor().words(signals, phi, task.seed()));
        words.put("--hidden", String.join(",", task.shape().hidden(USUAL_LAYERS).stream().map(String::valueOf)
                .toList()));
        words.putAll(samples.words(USUAL_SAMPLES));
        words.putAll(settings.words(task.budget()));
        words.putAll(task.budget().words(USUAL_STEPS));
        if (settings.isPolished()) {
            words.putAll(batch.words(signals.side() > 0));
            words.putAll(gradients.words(signals.side() > 0));
        }
        return words;
    }
}
