package org.reluctor.learn.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.reluctor.app.json.JsonText;
import org.reluctor.learn.evaluation.Figures;
import org.reluctor.learn.evaluation.ParameterCount;
import org.reluctor.network.RecoveryNetwork;

/**
 * What {@code evaluate} prints.
 *
 * @param network that was evaluated
 * @param result  its figures
 * @param device  that computed
 * @param weights format of the weights there
 * @param seconds that it all took
 */
record EvaluationReport(RecoveryNetwork network, EvaluationResult result, String device, String weights,
        double seconds) {
    /** Rows of a table for people; of thousands of pictures only the means are of interest. */
    private static final int MOST_ROWS = 100;

    /** One object for programs. */
    Map<String, Object> json(Path model) {
        Map<String, Object> json = figures();
        json.put("parameters", ParameterCount.of(network));
        json.put("n", network.metadata().n());
        json.put("m", network.metadata().m());
        json.put("matrix", network.matrix().orElseThrow().id());
        json.put("windows", result.windows());
        json.put("device", device);
        json.put("weights", weights);
        json.put("seconds", seconds);
        json.put("model", model.toString());
        json.put("sha256", network.sha256());
        return json;
    }

    /** The figures alone: by record or picture, their means, and the means under every condition. */
    Map<String, Object> figures() {
        EvaluationResult.Outcome first = result.first();
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int at = 0; at < first.network().size(); at++) {
            Map<String, Object> row = JsonText.map("name", first.network().get(at).name());
            row.putAll(first.network().get(at).values());
            if (!first.linear().isEmpty()) {
                first.linear().get(at).values().forEach((key, value) -> row.put(key + "Linear", value));
            }
            rows.add(row);
        }
        Map<String, Object> json = JsonText.map(result.pictures() ? "images" : "records", rows);
        // Every report has the same keys.
        json.putAll(JsonText.map("meanPrd", null, "meanSnr", null, "meanPsnr", null, "meanSsim", null));
        json.putAll(means(first));
        List<Map<String, Object>> conditions = new ArrayList<>();
        for (EvaluationResult.Outcome outcome : result.outcomes()) {
            Map<String, Object> row = JsonText.map("quantise", outcome.condition().quantiser().toString(),
                    "noiseDb", outcome.condition().isNoisy() ? outcome.condition().noiseDb() : null);
            row.putAll(means(outcome));
            conditions.add(row);
        }
        json.put("conditions", conditions);
        return json;
    }

    private static Map<String, Object> means(EvaluationResult.Outcome outcome) {
        Map<String, Object> means = new LinkedHashMap<>();
        Figures.mean(outcome.network()).forEach((key, value) -> means.put(mean(key), value));
        Figures.mean(outcome.linear()).forEach((key, value) -> means.put(mean(key) + "Linear", value));
        return means;
    }

    private static String mean(String key) {
        return "mean" + key.substring(0, 1).toUpperCase(Locale.ROOT) + key.substring(1);
    }

    /** A table for people. */
    List<String> lines(Path model) {
        List<String> lines = new ArrayList<>();
        EvaluationResult.Outcome first = result.first();
        lines.add(heading(result.pictures() ? "picture" : "record", first));
        for (int at = 0; at < first.network().size() && first.network().size() <= MOST_ROWS; at++) {
            lines.add(row(first.network().get(at).name(), first.network().get(at).values(),
                    first.linear().isEmpty() ? Map.of() : first.linear().get(at).values()));
        }
        for (EvaluationResult.Outcome outcome : result.outcomes()) {
            lines.add(row("mean, " + outcome.condition(), Figures.mean(outcome.network()),
                    Figures.mean(outcome.linear())));
        }
        lines.add(String.format(Locale.ROOT, "%s: %d → %d, %d parameters, matrix %s, %d %s, %.1f s on %s (%s)", model,
                network.metadata().m(), network.metadata().n(), ParameterCount.of(network),
                network.matrix().orElseThrow().id(), result.windows(), result.pictures() ? "pictures" : "windows",
                seconds, device, weights));
        return lines;
    }

    private static String heading(String what, EvaluationResult.Outcome outcome) {
        StringBuilder line = new StringBuilder(String.format("%-24s", what));
        Figures.mean(outcome.network()).keySet().forEach(key -> line.append(String.format(Locale.ROOT, " %9s",
                key.toUpperCase(Locale.ROOT))));
        Figures.mean(outcome.linear()).keySet().forEach(key -> line.append(String.format(Locale.ROOT, " %12s",
                "linear " + key.toUpperCase(Locale.ROOT))));
        return line.toString();
    }

    private static String row(String name, Map<String, Double> network, Map<String, Double> linear) {
        StringBuilder line = new StringBuilder(String.format("%-24s", name));
        network.values().forEach(value -> line.append(String.format(Locale.ROOT, " %9.3f", value)));
        linear.values().forEach(value -> line.append(String.format(Locale.ROOT, " %12.3f", value)));
        return line.toString();
    }
}
