package org.reluctor.learn.command;

import java.util.List;
import java.util.Locale;
import org.reluctor.app.command.ProgressLine;
import org.reluctor.app.inference.Inference;
import org.reluctor.app.inference.ReferenceInference;
import org.reluctor.app.json.JsonText;
import org.reluctor.learn.architecture.UnrolledShrinkage;
import org.reluctor.learn.evaluation.Condition;
import org.reluctor.learn.evaluation.Estimator;
import org.reluctor.learn.training.AnalyticOptions;
import org.reluctor.learn.training.AnalyticTrainer;
import org.reluctor.learn.training.TrainingSet;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.Provenance;
import org.reluctor.network.RecoveryNetwork;

/** {@code train --method analytic}: covariances, ridge regressions and a search for thresholds; needs no device. */
final class AnalyticMethod implements TrainingMethod {
    private static final double NOISE = 0.00144;
    private static final int PHASES = 3;
    private static final int LEVELS = 5;
    private static final double RATIO = 0.25;

    private final AnalyticSettings settings;
    private RecoveryNetwork linearStart;

    AnalyticMethod(AnalyticSettings settings) {
        this.settings = settings;
    }

    @Override
    public void check(TrainingTask task) {
        task.sensor().requireDrawn("analytic");
        options(task);
    }

    private AnalyticOptions options(TrainingTask task) {
        int window = task.data().window();
        int levels = task.shape().levels(LEVELS);
        if (window < 1 || levels < 1 || levels > 30 || window % (1 << levels) != 0) {
            throw new IllegalArgumentException("a window of " + window + " samples and " + levels
                    + " levels; right is a window that is a multiple of 2 to the power of the levels");
        }
        settings.stride();
        return new AnalyticOptions(task.sensor().measurements(window, RATIO), task.sensor().ones(), task.seed(),
                settings.seeds(), task.shape().phases(PHASES), levels, task.sensor().noise(NOISE));
    }

    @Override
    public Result train(TrainingTask task, TrainingSignals signals) {
        AnalyticOptions options = options(task);
        TrainingSet set = TrainingSet.of(signals.windows(settings.stride()));
        task.progress().line(signals.summary() + ", " + set.signals().count() + " windows");
        AnalyticTrainer.Result result = new AnalyticTrainer(set, options,
                new ProgressLine(task.progress())::advanced).train();
        UnrolledShrinkage parts = result.network();
        // Brings signals near 1 for the device; a power of two, so that no digit is lost on the way.
        double scale = Math.scalb(1.0, Math.getExponent(set.rms()));
        NetworkMetadata metadata = task.metadata(signals, options.measurements()).withScales(scale, scale, 0)
                .withProvenance(Provenance.of(commandLine(task, options), signals.description()));
        linearStart = parts.linearStart().assemble(task.name(), metadata);
        String remarks = String.format(Locale.ROOT, "mean PRD %.3f %% on the training records (linear start %.3f %%)",
                result.prd(), result.linearPrd());
        return new Result(parts.assemble(task.name(), metadata), result.prd(), null, null, remarks,
                JsonText.map("seed", result.seed(), "trainingPrd", result.prd(), "trainingPrdLinear",
                        result.linearPrd()));
    }

    @Override
    public Inference inference(TrainingTask task, RecoveryNetwork network) {
        return new ReferenceInference(network);
    }

    @Override
    public SignalSource judged(TrainingTask task) {
        return new WholeWindows(task.data(), task.data().window());
    }

    @Override
    public List<Estimator> linear(TrainingTask task, TrainingSignals signals, MeasurementMatrix phi,
            List<Condition> conditions) {
        return List.of(new ReferenceInference(linearStart)::recover);
    }

    /** What a reader of the file needs to make it again; where data and file lie is not among it. */
    private String commandLine(TrainingTask task, AnalyticOptions options) {
        List<String> excluded = task.data().excluded();
        List<String> heldOut = task.data().namedHeldOut();
        return "reluctor train --method analytic"
                + (excluded.isEmpty() ? "" : " --exclude " + String.join(",", excluded))
                + (heldOut.isEmpty() ? "" : " --held-out " + String.join(",", heldOut))
                + " --signal " + task.data().signals().get(0) + " --model-version " + task.version() + " --window "
                + task.data().window() + (task.data().unit().isEmpty() ? "" : " --unit " + task.data().unit())
                + " --measurements " + options.measurements() + " --ones " + options.onesPerColumn() + " --seed "
                + task.seed() + " --seeds " + options.seeds() + " --phases "
                + options.phases() + " --levels " + options.levels() + " --noise " + options.noise() + " --stride "
                + settings.stride();
    }
}
