package org.reluctor.app.configuration;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Values that take the place of those in the file. From the environment, a setting's name is {@code RELUCTOR_} and its
 * path in capitals with {@code _} between words and levels: {@code broker.keepAliveSeconds} is
 * {@code RELUCTOR_BROKER_KEEP_ALIVE_SECONDS}, {@code networks[0].file} is {@code RELUCTOR_NETWORKS_0_FILE}.
 */
final class Overrides {
    /** What every variable's name begins with. */
    static final String PREFIX = "RELUCTOR_";

    /** Variables of the launcher and of other commands, which are no settings. */
    private static final Set<String> OTHERS = Set.of("RELUCTOR_JAVA_OPTS", "RELUCTOR_JAVA", "RELUCTOR_HOME",
            "RELUCTOR_DATA");

    private final Map<String, String> values;
    private final UnaryOperator<String> nameOfPath;
    private final Set<String> used = new TreeSet<>();

    private Overrides(Map<String, String> values, UnaryOperator<String> nameOfPath) {
        this.values = values;
        this.nameOfPath = nameOfPath;
    }

    /** Overrides by the environment's variables; those without the prefix, or of other commands, are left aside. */
    static Overrides ofEnvironment(Map<String, String> environment) {
        Map<String, String> ours = new TreeMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !OTHERS.contains(name)) {
                ours.put(name, value);
            }
        });
        return new Overrides(ours, Overrides::variableOf);
    }

    /** Overrides by path, such as {@code broker.uri}; for programs that make a configuration. */
    static Overrides ofPaths(Map<String, String> values) {
        return new Overrides(new TreeMap<>(values), path -> path);
    }

    /** The variable that overrides the setting of that path. */
    static String variableOf(String path) {
        String words = path.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replaceAll("[.\\[]", "_").replace("]", "");
        return PREFIX + words.toUpperCase(Locale.ROOT);
    }

    /** What a message calls the place of an override of that path. */
    String nameOf(String path) {
        return nameOfPath.apply(path);
    }

    Optional<String> find(String path) {
        String name = nameOf(path);
        used.add(name);
        return Optional.ofNullable(values.get(name));
    }

    /** Whether any override lies below the path. */
    boolean anyBelow(String path) {
        String dotted = nameOf(path + ".x");
        String stem = dotted.substring(0, dotted.length() - 1);
        return values.keySet().stream().anyMatch(name -> name.startsWith(stem));
    }

    /** Overrides that no setting asked for: most likely mistyped. */
    List<String> unused() {
        return values.keySet().stream().filter(name -> !used.contains(name)).toList();
    }

    /** The names that settings asked for. */
    Set<String> known() {
        return used;
    }
}
