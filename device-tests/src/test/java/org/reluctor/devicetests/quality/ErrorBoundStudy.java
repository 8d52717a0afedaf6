package org.reluctor.devicetests.quality;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.configuration.Configuration;
import org.reluctor.app.device.OpenDevice;
import org.reluctor.app.inference.DeviceInference;
import org.reluctor.app.inference.Inference;
import org.reluctor.app.json.JsonText;
import org.reluctor.devicetests.ProjectFiles;
import org.reluctor.devicetests.study.StudyArguments;
import org.reluctor.network.MeasurementMatrix;
import org.reluctor.network.OnnxReader;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.opencl.device.Platforms;
import org.reluctor.opencl.operation.WeightFormat;
import org.reluctor.stream.codec.FrameLimits;

/** The command {@code device-tests/bin/error-bound}. */
public final class ErrorBoundStudy {
    /** Held out when the shipped networks were trained. */
    private static final String RECORDS = "103,105,113,121,200,210,220,231";
    private static final String MODEL = "config/models/ecg-256x64.onnx";
    private static final int BATCH = 64;
    /** What the bound promises with so many rows, in percent: exact measurements, and rounded ones. */
    private static final int PROMISED_ROWS = 16;
    private static final double LEAST = 94;
    private static final double MOST_EXACT = 96;

    private ErrorBoundStudy() {
    }

    /** One line of the table. */
    private record Row(String type, int heldOut, Coverage coverage) {
        boolean isKept() {
            double percent = coverage.percent();
            return heldOut != PROMISED_ROWS
                    || percent >= LEAST && (!type.equals("float32") || percent <= MOST_EXACT);
        }
    }

    /** Runs the study; ends with 1 where the bound does not hold as promised. */
    public static void main(String[] arguments) {
        Map<String, String> defaults = new LinkedHashMap<>(Map.of("--data", "", "--model",
                ProjectFiles.resolve(MODEL).toString(), "--records", RECORDS, "--held-out", "4,16,64"));
        try {
            StudyArguments given = StudyArguments.parse(defaults, List.of("--json"), arguments);
            if (given.path("--data") == null) {
                throw new IllegalArgumentException("--data FOLDER is needed, with the records of MIT-BIH");
            }
            List<Row> rows = run(given);
            System.out.print(given.has("--json") ? json(rows) : table(rows));
            System.exit(rows.stream().allMatch(Row::isKept) ? 0 : 1);
        } catch (IllegalArgumentException wrong) {
            System.err.println("error-bound: " + wrong.getMessage());
            System.exit(ExitStatus.USAGE);
        }
    }

    private static List<Row> run(StudyArguments given) {
        RecoveryNetwork network = OnnxReader.read(given.path("--model"));
        MeasurementMatrix matrix = network.matrix().orElseThrow(
                () -> new IllegalArgumentException(given.text("--model") + " names no measurement matrix"));
        List<Integer> counts = given.list("--held-out").stream().map(word -> (int) StudyArguments.number("--held-out",
                word, count -> count == Math.rint(count) && count >= 1 && count <= FrameLimits.MOST_HELD_OUT_ROWS,
                "a whole number from 1 to " + FrameLimits.MOST_HELD_OUT_ROWS)).toList();
        List<List<float[]>> recordings = Electrocardiograms.of(given.path("--data"), given.list("--records"),
                matrix.columns());
        List<Row> rows = new ArrayList<>();
        try (Inference inference = inference(network)) {
            for (int count : counts) {
                for (String type : List.of("float32", "int16")) {
                    BoundTrial trial = new BoundTrial(inference, matrix, count, type.equals("float32"));
                    rows.add(new Row(type, count, trial.run(recordings)));
                }
            }
        }
        return rows;
    }

    /** The network on the device of the tests. */
    static Inference inference(RecoveryNetwork network) {
        Path target = ProjectFiles.resolve("device-tests/target");
        return DeviceInference.open(network, OpenDevice.open(new Configuration.Device(
                System.getProperty("reluctor.device", Platforms.AUTO), target.resolve("kernel-cache"),
                target.resolve("device-state"), WeightFormat.FLOAT32, Optional.empty())), BATCH);
    }

    private static String table(List<Row> rows) {
        StringBuilder table = new StringBuilder(String.format(Locale.ROOT, "%-12s %8s %7s %11s %12s %12s %13s %9s %9s"
                + " %8s%n", "measurements", "held out", "frames", "below bound", "bound/error", "frame bytes",
                "signal bytes", "sensor us", "bound us", "clipped"));
        for (Row row : rows) {
            Coverage found = row.coverage();
            table.append(String.format(Locale.ROOT, "%-12s %8d %7d %9.2f %% %12.2f %6d + %3d %13s %9.1f %9.1f %8d%s%n",
                    row.type(), row.heldOut(), found.frames(), found.percent(), found.medianRatio(), found.plainBytes(),
                    found.frameBytes() - found.plainBytes(), "+ " + found.signalBytes(), found.measureNanos() / 1e3,
                    found.boundNanos() / 1e3, found.clipped(), row.isKept() ? "" : "  not as promised"));
        }
        return table.toString();
    }

    private static String json(List<Row> rows) {
        return JsonText.of("rows", rows.stream().map(row -> JsonText.map("measurements", row.type(), "heldOut",
                row.heldOut(), "frames", row.coverage().frames(), "percentBelow", row.coverage().percent(),
                "medianRatio", row.coverage().medianRatio(), "frameBytes", row.coverage().plainBytes(),
                "heldOutBytes", row.coverage().frameBytes() - row.coverage().plainBytes(), "signalBytes",
                row.coverage().signalBytes(), "sensorUs", row.coverage().measureNanos() / 1e3, "boundUs",
                row.coverage().boundNanos() / 1e3, "clipped", row.coverage().clipped())).toList())
                + System.lineSeparator();
    }
}
