package org.reluctor.learn.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.reluctor.app.json.JsonText;
import org.reluctor.learn.evaluation.ParameterCount;
import org.reluctor.network.RecoveryNetwork;

/**
 * What {@code train} prints at its end.
 *
 * @param method  as options name it
 * @param trained what the method gave
 * @param file    what was written
 * @param seconds that it all took
 */
record TrainingReport(String method, TrainingMethod.Result trained, TrainedFile file, double seconds) {
    /** Of thousands of pictures only the means are of interest. */
    private static final int MOST_ROWS = 100;

    /** One object for programs. */
    Map<String, Object> json(Path output) {
        RecoveryNetwork network = file.network();
        Map<String, Object> json = JsonText.map("method", method, "seconds", seconds, "objective",
                trained.objective(), "constraint", trained.constraint(), "gap", trained.gap(), "validation",
                validation(), "model", output.toString(), "sha256", network.sha256(), "matrix",
                network.metadata().matrixId(), "n", network.metadata().n(), "m", network.metadata().m(),
                "parameters", ParameterCount.of(network));
        json.putAll(trained.details());
        return json;
    }

    private Map<String, Object> validation() {
        if (file.result().isEmpty()) {
            return JsonText.map("records", List.of(), "meanPrd", null, "meanSnr", null, "meanPsnr", null, "meanSsim",
                    null);
        }
        EvaluationResult result = file.result().get();
        Map<String, Object> figures = new EvaluationReport(file.network(), result, file.device(), file.weights(),
                seconds).figures();
        if (result.pictures() && result.first().network().size() > MOST_ROWS) {
            figures.remove("images");
        }
        return figures;
    }

    /** A table for people. */
    List<String> lines(Path output) {
        List<String> lines = new ArrayList<>();
        file.result().ifPresent(result -> lines.addAll(new EvaluationReport(file.network(), result, file.device(),
                file.weights(), seconds).lines(output)));
        if (lines.isEmpty()) {
            lines.add("nothing was held out, so that there are no figures");
        }
        lines.add(String.format(Locale.ROOT, "%s: objective %.5g, model %.16s, %.1f s in all", output,
                trained.objective(), file.network().sha256(), seconds));
        return lines;
    }
}
