package org.reluctor.learn.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.reluctor.app.command.ProgressLine;
import org.reluctor.app.inference.Inference;
import org.reluctor.learn.evaluation.Condition;
import org.reluctor.learn.evaluation.Figures;
import org.reluctor.network.NetworkMetadata;
import org.reluctor.network.OnnxReader;
import org.reluctor.network.OnnxWriter;
import org.reluctor.network.RecoveryNetwork;

/**
 * A network's way into its file: encoded and read back, measured on what was held out as any other program would find
 * it, described by those figures, written at once, and read again.
 *
 * @param network as read from the file
 * @param result  figures on what was held out; empty where nothing was
 * @param device  that the figures were computed on
 * @param weights format of the weights there
 */
record TrainedFile(RecoveryNetwork network, Optional<EvaluationResult> result, String device, String weights) {
    static TrainedFile write(TrainingMethod method, TrainingTask task, TrainingSignals signals,
            TrainingMethod.Result trained, Path file) throws IOException {
        RecoveryNetwork read = OnnxReader.read(OnnxWriter.encode(trained.network()), trained.network().name());
        List<String> heldOut = task.data().heldOut();
        if (heldOut.isEmpty()) {
            return new TrainedFile(written(trained, trained.remarks(), file), Optional.empty(), "", "");
        }
        List<Condition> conditions = List.of(task.sensor().condition());
        try (Inference inference = method.inference(task, read)) {
            EvaluationRun run = new EvaluationRun(read, inference::recover, conditions,
                    method.linear(task, signals, read.matrix().orElseThrow(), conditions), task.seed());
            EvaluationResult result = run.run(method.judged(task), heldOut,
                    new ProgressLine(task.progress())::advanced);
            String figures = text(result, conditions.get(0), task.data().shortHeldOut());
            String all = trained.remarks().isEmpty() ? figures : trained.remarks() + "; " + figures;
            return new TrainedFile(written(trained, all, file), Optional.of(result), inference.device(),
                    inference.weights());
        }
    }

    private static RecoveryNetwork written(TrainingMethod.Result trained, String figures, Path file)
            throws IOException {
        NetworkMetadata metadata = trained.network().metadata();
        OnnxWriter.write(trained.network().withMetadata(metadata.withProvenance(
                metadata.provenance().withFigures(figures))), file);
        return OnnxReader.read(file);
    }

    private static String text(EvaluationResult result, Condition condition, List<String> heldOut) {
        Map<String, Double> network = Figures.mean(result.first().network());
        Map<String, Double> linear = Figures.mean(result.first().linear());
        String quantised = condition.quantiser().bits() == 0 ? "" : ", measurements " + condition;
        if (result.pictures()) {
            return String.format(Locale.ROOT, "mean PSNR %.2f dB, SSIM %.4f on %s%s (linear %.2f dB, %.4f)",
                    network.get("psnr"), network.get("ssim"), String.join(" ", heldOut), quantised,
                    linear.get("psnr"), linear.get("ssim"));
        }
        return String.format(Locale.ROOT, "mean PRD %.3f %%, PRDN %.3f %% on %s%s (linear start %.3f %%, %.3f %%)",
                network.get("prd"), network.get("prdn"), String.join(" ", heldOut), quantised, linear.get("prd"),
                linear.get("prdn"));
    }
}
