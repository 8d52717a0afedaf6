package org.reluctor.learn.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.reluctor.app.json.JsonText;
import org.reluctor.learn.evaluation.RecordFigures;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.network.Value;

/**
 * What {@code train} prints at its end.
 *
 * @param trained network and figures
 * @param written the same network as read back from its file
 * @param seconds that it all took
 */
record TrainingReport(TrainedNetwork trained, RecoveryNetwork written, double seconds) {

    String json(Path file) {
        List<Map<String, Object>> records = new ArrayList<>();
        for (int at = 0; at < trained.figures().size(); at++) {
            RecordFigures figures = trained.figures().get(at);
            RecordFigures linear = trained.linear().get(at);
            records.add(JsonText.map("name", figures.name(), "windows", figures.windows(), "prd", figures.prd(),
                    "prdn", figures.prdn(), "snr", figures.snr(), "prdLinear", linear.prd(),
                    "prdnLinear", linear.prdn()));
        }
        Map<String, Object> validation = JsonText.map("records", records,
                "meanPrd", TrainedNetwork.mean(trained.figures(), RecordFigures::prd),
                "meanPrdn", TrainedNetwork.mean(trained.figures(), RecordFigures::prdn),
                "meanSnr", TrainedNetwork.mean(trained.figures(), RecordFigures::snr),
                "meanPrdLinear", TrainedNetwork.mean(trained.linear(), RecordFigures::prd),
                "meanPrdnLinear", TrainedNetwork.mean(trained.linear(), RecordFigures::prdn));
        return JsonText.of("method", "analytic", "seconds", seconds, "objective", trained.result().prd(),
                "constraint", null, "gap", null, "validation", validation, "model", file.toString(),
                "sha256", written.sha256(), "matrix", written.metadata().matrixId(),
                "seed", trained.result().seed(), "parameters", parameters());
    }

    String table(Path file) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "%-10s %8s %8s %8s %8s", "record", "PRD %",
                "linear", "PRDN %", "linear"));
        for (int at = 0; at < trained.figures().size(); at++) {
            RecordFigures figures = trained.figures().get(at);
            RecordFigures linear = trained.linear().get(at);
            text.append(row(figures.name(), figures.prd(), linear.prd(), figures.prdn(), linear.prdn()));
        }
        if (!trained.figures().isEmpty()) {
            text.append(row("held out", TrainedNetwork.mean(trained.figures(), RecordFigures::prd),
                    TrainedNetwork.mean(trained.linear(), RecordFigures::prd),
                    TrainedNetwork.mean(trained.figures(), RecordFigures::prdn),
                    TrainedNetwork.mean(trained.linear(), RecordFigures::prdn)));
        }
        text.append(String.format(Locale.ROOT, "%n%-10s %8.3f %8.3f%n%n", "training", trained.result().prd(),
                trained.result().linearPrd()));
        return text.append(String.format(Locale.ROOT, "%s: %d parameters, matrix %s (seed %d), model %.16s, %.1f s",
                file, parameters(), written.metadata().matrixId(), trained.result().seed(), written.sha256(), seconds))
                .toString();
    }

    private static String row(String name, double prd, double linearPrd, double prdn, double linearPrdn) {
        return String.format(Locale.ROOT, "%n%-10s %8.3f %8.3f %8.3f %8.3f", name, prd, linearPrd, prdn, linearPrdn);
    }

    /** Numbers in the file's constants, each constant once. */
    private long parameters() {
        Map<Value, Boolean> constants = new IdentityHashMap<>();
        written.nodes().forEach(node -> node.inputs().stream().filter(Value::isConstant)
                .forEach(value -> constants.put(value, true)));
        return constants.keySet().stream().mapToLong(value -> value.shape().frameElements()).sum();
    }
}
