package org.reluctor.devicetests.fuzz;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far the search of one target has come, as libFuzzer tells it.
 *
 * @param executions inputs tried
 * @param coverage   edges of the readers' code that were reached
 * @param features   edges, and how often each was taken, by orders of two
 * @param corpus     inputs that are kept because each reaches something that the others do not
 */
record FuzzFigures(long executions, int coverage, int features, int corpus) {
    static final FuzzFigures NONE = new FuzzFigures(0, 0, 0, 0);
    private static final Pattern LINE = Pattern.compile(
            "#(\\d+)\\s+\\w+\\s+cov: (\\d+) ft: (\\d+) corp: (\\d+)/.*");
    private static final Pattern TOTAL = Pattern.compile("stat::number_of_executed_units: (\\d+)");

    /** The figures after a line of its output; empty for a line that tells none. */
    Optional<FuzzFigures> after(String line) {
        Matcher total = TOTAL.matcher(line);
        if (total.matches()) {
            return Optional.of(new FuzzFigures(Long.parseLong(total.group(1)), coverage, features, corpus));
        }
        Matcher told = LINE.matcher(line);
        return told.matches() ? Optional.of(new FuzzFigures(Long.parseLong(told.group(1)),
                Integer.parseInt(told.group(2)), Integer.parseInt(told.group(3)), Integer.parseInt(told.group(4))))
                : Optional.empty();
    }
}
