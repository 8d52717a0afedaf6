package org.reluctor.devicetests.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.reluctor.app.ExitStatus;
import org.reluctor.devicetests.FolderTree;
import org.reluctor.devicetests.ProjectFiles;
import org.reluctor.devicetests.broker.Mosquitto;
import org.reluctor.devicetests.command.ReluctorProcess;
import org.reluctor.devicetests.command.RunningGateway;

/** The command {@code device-tests/bin/dashboards}. */
public final class Dashboards {
    private static final String NETWORK = ProjectFiles.resolve("config/models/ecg-256x64.onnx").toString();
    /** Rates need two looks, and the first of them the metric there. */
    private static final int SECONDS = 20;
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((\\w+), (\\w+)\\)");

    private int silent;

    private Dashboards() {
    }

    /** Asks Prometheus every question of the dashboard; ends with 1 where one has no answer. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 1) {
            System.err.println("dashboards: wrong arguments; at most the file of Prometheus is right");
            System.exit(ExitStatus.USAGE);
        }
        Path folder = Files.createTempDirectory("reluctor-dashboards");
        int silent;
        try {
            silent = new Dashboards().run(folder, arguments.length == 0 ? "prometheus" : arguments[0]);
        } finally {
            FolderTree.delete(folder);
        }
        System.exit(silent == 0 ? 0 : 1);
    }

    private int run(Path folder, String program) throws Exception {
        try (Mosquitto broker = Mosquitto.start(folder.resolve("broker"));
                RunningGateway gateway = RunningGateway.start(folder, broker.uri(), Map.of(), "networks: [{file: \""
                        + NETWORK + "\", sensors: \"field/+\"}]", "summary: {enabled: true}");
                SummaryMetrics summaries = new SummaryMetrics(broker.uri());
                ReluctorProcess good = simulate(folder, broker, "field/good", NETWORK);
                ReluctorProcess bad = simulate(folder, broker, "field/bad",
                        ProjectFiles.resolve("config/models/har-256x64.onnx").toString());
                Prometheus prometheus = new Prometheus(program, folder,
                        List.of(gateway.httpPort(), summaries.port()))) {
            System.out.println("Prometheus " + prometheus.version() + ", " + SECONDS + " s of frames");
            TimeUnit.SECONDS.sleep(SECONDS);
            if (!good.isAlive() || !bad.isAlive()) {
                throw new IllegalStateException("a sensor ended: " + good.err() + bad.err());
            }
            JsonNode dashboard = new ObjectMapper().readTree(
                    ProjectFiles.resolve("config/dashboards/grafana.json").toFile());
            for (JsonNode variable : dashboard.path("templating").path("list")) {
                variable(prometheus, variable);
            }
            for (JsonNode panel : dashboard.path("panels")) {
                for (JsonNode target : panel.path("targets")) {
                    ask(prometheus, panel.path("title").asText(), target.path("expr").asText());
                }
            }
        }
        System.out.println(silent == 0 ? "every query is answered" : silent + " without an answer");
        return silent;
    }

    private static ReluctorProcess simulate(Path folder, Mosquitto broker, String sensor, String model)
            throws IOException {
        return ReluctorProcess.start(folder, "simulate", "--broker", broker.uri(), "--sensor", sensor, "--model", model,
                "--held-out", "16", "--rate", "20", "--count", "0");
    }

    private void variable(Prometheus prometheus, JsonNode variable) throws IOException, InterruptedException {
        Matcher asked = LABEL_VALUES.matcher(variable.path("query").path("query").asText());
        if (asked.matches()) {
            JsonNode values = prometheus.labelValues(asked.group(2), asked.group(1));
            tell(values.isEmpty(), "$" + variable.path("name").asText(), asked.group(), values.toString());
        }
    }

    /** With all sites and sensors chosen, as the dashboard opens. */
    private void ask(Prometheus prometheus, String panel, String expression)
            throws IOException, InterruptedException {
        JsonNode series = prometheus.query(expression.replace("$site", ".*").replace("$sensor", ".*"));
        boolean number = false;
        for (JsonNode one : series) {
            number |= Double.isFinite(Double.parseDouble(one.path("value").path(1).asText("NaN")));
        }
        tell(!number, panel, expression, series.size() + " series, " + series.path(0).path("value").path(1).asText());
    }

    private void tell(boolean nothing, String panel, String question, String answer) {
        silent += nothing ? 1 : 0;
        System.out.printf("%-8s %-34s %-78s %s%n", nothing ? "NOTHING" : "ok", panel, question, answer);
    }
}
