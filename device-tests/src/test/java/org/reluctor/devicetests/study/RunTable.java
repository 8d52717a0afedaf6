package org.reluctor.devicetests.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.reluctor.app.json.JsonText;

/** The runs of one task as a table, a row a method: means over seeds, with standard deviations. */
public final class RunTable {
    private static final int NAME = 18;
    private static final int COLUMN = 22;
    /** Deviations this small beside the mean are of sums in float64. */
    private static final double ROUNDING = 1e-9;

    private final Map<String, List<StudyRun>> byMethod = new LinkedHashMap<>();

    /** Of runs of one task, methods in the order of their first runs. */
    public RunTable(List<StudyRun> runs) {
        for (StudyRun run : runs) {
            byMethod.computeIfAbsent(run.method(), name -> new ArrayList<>()).add(run);
        }
    }

    /** The mean and the standard deviation of a sample. */
    public record Spread(double mean, double deviation) {
        /** Of values, of which one at least. */
        public static Spread of(double... values) {
            double mean = Arrays.stream(values).average().orElseThrow();
            double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
            return new Spread(mean, Math.sqrt(squares / Math.max(1, values.length - 1)));
        }

        @Override
        public String toString() {
            boolean equal = deviation < ROUNDING * Math.abs(mean) || deviation == 0;
            return Double.isNaN(mean) ? "-" : number(mean) + (equal ? "" : " ± " + number(deviation));
        }

        private static String number(double value) {
            return String.format(Locale.ROOT, Math.abs(value) < 1e-3 && value != 0 ? "%.1e" : "%.4g", value);
        }
    }

    /** Runs by method. */
    public Map<String, List<StudyRun>> byMethod() {
        return byMethod;
    }

    /** A figure of a method's runs. */
    public Spread spread(String method, ToDoubleFunction<StudyRun> figure) {
        return Spread.of(byMethod.get(method).stream().mapToDouble(figure).toArray());
    }

    private Map<String, Spread> row(String method) {
        Map<String, Spread> row = new LinkedHashMap<>();
        row.put("processor s", spread(method, StudyRun::processorSeconds));
        row.put("wall s", spread(method, StudyRun::wallSeconds));
        row.put("steps", spread(method, StudyRun::steps));
        byMethod.get(method).get(0).figures().keySet().forEach(name ->
                row.put(name, spread(method, run -> run.figures().get(name))));
        return row;
    }

    /** Lines to be read. */
    public String text() {
        StringBuilder text = new StringBuilder();
        for (String method : byMethod.keySet()) {
            Map<String, Spread> row = row(method);
            if (text.length() == 0) {
                text.append(String.format(Locale.ROOT, "%-" + NAME + "s", "method"));
                row.keySet().forEach(name -> text.append(String.format(Locale.ROOT, "%-" + COLUMN + "s", name)));
                text.append(System.lineSeparator());
            }
            text.append(String.format(Locale.ROOT, "%-" + NAME + "s", method));
            row.values().forEach(spread -> text.append(String.format(Locale.ROOT, "%-" + COLUMN + "s", spread)));
            text.append(System.lineSeparator());
        }
        return text.toString();
    }

    /** For a machine: of each method every column's mean and deviation. */
    public Map<String, Object> json() {
        Map<String, Object> json = JsonText.map();
        for (String method : byMethod.keySet()) {
            Map<String, Object> row = JsonText.map();
            row(method).forEach((name, spread) -> row.put(name,
                    JsonText.map("mean", spread.mean(), "deviation", spread.deviation())));
            json.put(method, row);
        }
        return json;
    }
}
