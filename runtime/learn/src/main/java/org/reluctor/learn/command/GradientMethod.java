package org.reluctor.learn.command;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.reluctor.app.command.ProgressLine;
import org.reluctor.app.command.ProgressOutput;
import org.reluctor.app.json.JsonText;
import org.reluctor.learn.architecture.TrainableNetwork;
import org.reluctor.learn.evaluation.LinearRecovery;
import org.reluctor.learn.training.GradientOptions;
import org.reluctor.learn.training.GradientProgress;
import org.reluctor.learn.training.GradientTrainer;
import org.reluctor.learn.training.MatrixMoves;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.opencl.device.DeviceSession;

/** {@code train --method adam}: an unrolled network by gradients, from its linear start. */
final class GradientMethod implements TrainingMethod {
    private final GradientSettings settings;
    private final BatchOptions batch;

    GradientMethod(GradientSettings settings, BatchOptions batch) {
        this.settings = settings;
        this.batch = batch;
    }

    @Override
    public void check(TrainingTask task) {
        settings.options(task.sensor(), task.budget(), false, task.seed());
        batch.size(false);
    }

    @Override
    public boolean chooses() {
        return true;
    }

    @Override
    public Result train(TrainingTask task, TrainingSignals signals) {
        boolean pictures = signals.side() > 0;
        GradientOptions options = settings.options(task.sensor(), task.budget(), pictures, task.seed());
        MeasurementMatrix phi = task.sensor().matrix(signals, task.seed(), new ProgressLine(task.progress())::advanced);
        LinearYardstick yardstick = signals.statistics();
        LinearRecovery linear = yardstick.recovery(phi, task.sensor().condition(), task.sensor().noise(0),
                task.seed());
        // A power of two, so that no digit is lost on the way.
        double scale = Math.scalb(1.0, Math.getExponent(yardstick.rms()));
        NetworkMetadata metadata = task.metadata(signals, phi.rows()).withScales(scale, scale, 0);
        TrainableNetwork start = task.shape().assemble(task.name(), signals, phi, linear.matrix(), metadata,
                task.seed());
        Set<String> trainable = trainable(start, task.sensor());
        MatrixMoves moves = task.sensor().learned() == SensorOptions.Learned.MOVED
                ? MatrixMoves.of(yardstick.covariance(), linear.noise(), phi.rows(),
                        task.sensor().level()) : null;
        GradientTrainer.Data batches = signals.batches(batch, task.seed());
        try (DeviceSession session = task.device().session();
                GradientTrainer trainer = new GradientTrainer(start.network(), trainable, batches, options,
                        moves, session, progress(task.progress(), !task.budget().isBySteps()))) {
            if (task.budget().checkpoint() != null) {
                trainer.resumingFrom(task.budget().checkpoint());
            }
            if (trainer.steps() > 0) {
                task.progress().line("goes on behind step " + trainer.steps());
            }
            task.progress().line(String.format(Locale.ROOT, "%s, %d parameters, %s, %d -> %d, batches of %d",
                    signals.summary(), trainer.parameters(), task.shape().architecture(pictures), phi.rows(),
                    signals.n(), batches.training().size()));
            RecoveryNetwork trained = trainer.train();
            Map<String, String> words = words(task, signals, phi);
            RecoveryNetwork described = trained.withMetadata(trained.metadata().withProvenance(
                    task.provenance("adam", signals, words).withParameters(trainer.parameters())));
            String remarks = task.budget().isBySteps() ? "" : trainer.steps() + " steps";
            return new Result(described, trainer.validation(), null, null, remarks,
                    JsonText.map("steps", trainer.steps()));
        }
    }

    /** With Φ also the recovery that belongs to it: what is right for the first one is not for the last. */
    private static Set<String> trainable(TrainableNetwork start, SensorOptions sensor) {
        Set<String> names = new TreeSet<>(start.trainable());
        if (sensor.learned() == SensorOptions.Learned.FLOAT || sensor.learned() == SensorOptions.Learned.BINARY) {
            names.add(start.network().metadata().matrixName());
            start.network().nodes().forEach(node -> node.inputs().stream().filter(input -> input.floats() != null
                    && input.name().equals(TrainableNetwork.LINEAR)).forEach(input -> names.add(input.name())));
        }
        return names;
    }

    private Map<String, String> words(TrainingTask task, TrainingSignals signals, MeasurementMatrix phi) {
        boolean pictures = signals.side() > 0;
        Map<String, String> words = new LinkedHashMap<>(task.sensor().words(signals, phi, task.seed()));
        words.putAll(task.shape().words(pictures));
        words.putAll(batch.words(pictures));
        words.putAll(settings.words(task.budget(), pictures));
        return words;
    }

    /** Shows step, loss, validation, rate and time left. */
    static GradientProgress progress(ProgressOutput output, boolean endless) {
        return report -> output.show(() -> String.format(Locale.ROOT,
                "step %d%s, loss %.5f, best validation %.5f, %.0f frames/s, %.0f s left", report.step(),
                endless ? "" : "/" + report.steps(), report.loss(), report.validation(), report.framesPerSecond(),
                Math.ceil(report.secondsLeft())), report.step() == report.steps());
    }
}
