package org.reluctor.app.configuration;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Which settings differ between two configurations, by the names that they have in the file. */
public final class ConfigurationChanges {
    /** Records that the file has no level for. */
    private static final Set<String> FLAT = Set.of("limits", "tls");
    /** What follows from others, or is none. */
    private static final Set<String> DERIVED = Set.of("warnings");
    private static final Map<String, String> NAMES = Map.of("topicRoot", "topics.root", "unreliable",
            "queue.unreliableFrames", "authorities", "caFile", "certificate", "certificateFile", "key", "keyFile");

    private ConfigurationChanges() {
    }

    /** Paths such as {@code broker.uri}, in the order of the file; lists, such as the networks, as a whole. */
    public static List<String> between(Configuration before, Configuration after) {
        List<String> paths = new ArrayList<>();
        compare("", before, after, paths);
        // Where the file names no downstream of its own, it follows the broker.
        if (!before.hasDownstream() && !after.hasDownstream()) {
            paths.removeIf(path -> path.startsWith("downstream."));
        }
        return paths;
    }

    private static void compare(String above, Object before, Object after, List<String> paths) {
        for (RecordComponent part : before.getClass().getRecordComponents()) {
            Object old = value(part, before);
            Object now = value(part, after);
            if (Objects.equals(old, now) || DERIVED.contains(part.getName())) {
                continue;
            }
            String path = above + NAMES.getOrDefault(part.getName(), part.getName());
            if (old instanceof Record) {
                compare(FLAT.contains(part.getName()) ? above : path + ".", old, now, paths);
            } else {
                paths.add(path);
            }
        }
    }

    private static Object value(RecordComponent part, Object of) {
        try {
            return part.getAccessor().invoke(of);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("records of a configuration are public, and only keep", e);
        }
    }
}
