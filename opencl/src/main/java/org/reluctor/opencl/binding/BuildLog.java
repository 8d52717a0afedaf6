package org.reluctor.opencl.binding;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a driver's compiler wrote. It may be of any length (a warning a line of a large program, many times over), and
 * ends up in logs and states; so messages have its beginning, and who wants all of it asks for it.
 */
final class BuildLog {
    private static final int MOST_LINES = 20;
    private static final int MOST_CHARACTERS = 2000;

    private BuildLog() {
    }

    /** The beginning of a log, and how much more there is. */
    static String beginning(String log) {
        List<String> lines = log.strip().lines().toList();
        if (lines.isEmpty()) {
            return "(no build log)";
        }
        String shown = lines.stream().limit(MOST_LINES).collect(Collectors.joining("\n"));
        if (shown.length() <= MOST_CHARACTERS && lines.size() <= MOST_LINES) {
            return shown;
        }
        String cut = shown.substring(0, Math.min(shown.length(), MOST_CHARACTERS));
        long left = lines.size() - cut.lines().count();
        return cut + (cut.length() < shown.length() ? "…" : "") + (left == 0 ? ""
                : "\n… (" + left + (left == 1 ? " more line)" : " more lines)"));
    }
}
