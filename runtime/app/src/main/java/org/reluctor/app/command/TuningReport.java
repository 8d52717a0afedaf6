package org.reluctor.app.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.reluctor.app.json.JsonText;
import org.reluctor.app.tuning.TuningSearch;
import org.reluctor.opencl.tuning.LaunchComponent;
import org.reluctor.opencl.tuning.LaunchParameters;

/** Tells what a search for launch parameters found. */
final class TuningReport {
    private TuningReport() {
    }

    static void lines(TuningSearch.Result result, CommandOutput output) {
        if (result.gains().isEmpty()) {
            output.line("nothing is better than the built-in launch parameters");
        } else {
            gains(result, output);
        }
        for (LaunchComponent component : LaunchComponent.all()) {
            Object before = component.of(result.start());
            Object after = component.of(result.found());
            output.line("%-28s %12s %12s", component.name(), LaunchComponent.text(before),
                    after.equals(before) ? "" : LaunchComponent.text(after));
        }
    }

    private static void gains(TuningSearch.Result result, CommandOutput output) {
        output.line("%-28s %12s %12s %8s", "workload", "before us", "after us", "ratio");
        for (TuningSearch.Gain gain : result.gains()) {
            output.line("%-28s %12.1f %12.1f %8.2f", gain.workload(), gain.beforeUs(), gain.afterUs(), gain.ratio());
        }
        output.line("%-28s %12s %12s %8.2f", "geometric mean", "", "", result.speedup());
    }

    static Map<String, Object> json(TuningSearch.Result result, String device, double seconds, Path file) {
        List<Map<String, Object>> workloads = result.gains().stream().map(gain -> JsonText.map("workload",
                gain.workload(), "beforeUs", gain.beforeUs(), "afterUs", gain.afterUs(), "ratio", gain.ratio()))
                .toList();
        return JsonText.map("device", device, "seconds", seconds, "speedup", result.speedup(),
                "start", parameters(result.start()), "found", parameters(result.found()), "workloads", workloads,
                "file", file == null ? null : file.toString());
    }

    private static Map<String, Object> parameters(LaunchParameters parameters) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (LaunchComponent component : LaunchComponent.all()) {
            Object value = component.of(parameters);
            values.put(component.name(), value instanceof Enum ? LaunchComponent.text(value) : value);
        }
        return values;
    }
}
