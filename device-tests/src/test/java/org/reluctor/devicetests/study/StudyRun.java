package org.reluctor.devicetests.study;

import java.util.Arrays;
import java.util.Map;
import org.reluctor.app.json.JsonText;

/**
 * One training of a study.
 *
 * @param task             what was trained
 * @param method           how
 * @param seed             of everything that is drawn
 * @param processorSeconds of all threads
 * @param wallSeconds      by the clock on the wall
 * @param steps            points of its curve
 * @param figures          what came out, by name; NaN where a method has no such figure
 * @param remarks          what else is to be known of the run; empty mostly
 * @param curve            objective over time, in equal spans
 */
public record StudyRun(String task, String method, long seed, double processorSeconds, double wallSeconds, long steps,
        Map<String, Double> figures, Map<String, Object> remarks, double[] curve) {
    /** As an object of JSON. */
    public Map<String, Object> json() {
        Map<String, Object> json = JsonText.map("task", task, "method", method, "seed", seed, "processorSeconds",
                processorSeconds, "wallSeconds", wallSeconds, "steps", steps);
        json.putAll(figures);
        json.putAll(remarks);
        json.put("curve", Arrays.stream(curve).boxed().toList());
        return json;
    }
}
