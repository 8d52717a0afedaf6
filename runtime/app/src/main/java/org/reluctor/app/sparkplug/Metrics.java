package org.reluctor.app.sparkplug;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** Metrics by name, compared. */
final class Metrics {
    private Metrics() {
    }

    /** Those of now that are not as they were, in their order. */
    static Map<String, Object> changed(Map<String, Object> before, Map<String, Object> now) {
        Map<String, Object> changed = new LinkedHashMap<>();
        now.forEach((name, value) -> {
            if (!Objects.deepEquals(value, before.get(name))) {
                changed.put(name, value);
            }
        });
        return changed;
    }
}
