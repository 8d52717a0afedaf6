package org.reluctor.opencl.tuning;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.reluctor.opencl.file.OneLine;

/**
 * The text form of launch parameters: YAML of one level, {@code key: value} with plain values, each document between
 * {@code ---} and {@code ...}; so that a file that was cut off anywhere is known as such.
 */
final class KeyedText {
    private static final String BEGIN = "---";
    private static final String END = "...";

    private KeyedText() {
    }

    /** One document. */
    static String write(String comment, Map<String, String> values) {
        return values.entrySet().stream().map(entry -> entry.getKey() + ": " + entry.getValue() + "\n")
                .collect(Collectors.joining("", BEGIN + "\n# " + comment + "\n", END + "\n"));
    }

    /** A driver's own words as a value: one line, whatever they hold. */
    static String plain(String words) {
        return OneLine.of(words).strip();
    }

    /**
     * All documents of a text.
     *
     * @throws IllegalArgumentException with the line that is wrong
     */
    static List<Map<String, String>> read(String text) {
        List<Map<String, String>> documents = new ArrayList<>();
        Map<String, String> open = null;
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.equals(BEGIN) && open == null) {
                open = new LinkedHashMap<>();
            } else if (line.equals(END) && open != null) {
                documents.add(open);
                open = null;
            } else if (open == null || !add(open, line)) {
                throw new IllegalArgumentException("line " + number + " is no \"key: value\" between \"" + BEGIN
                        + "\" and \"" + END + "\"");
            }
        }
        if (open != null || documents.isEmpty()) {
            throw new IllegalArgumentException("it does not end with \"" + END + "\": it was cut off");
        }
        return documents;
    }

    /** Whether the line is a key and a value, and the key a new one. */
    private static boolean add(Map<String, String> document, String line) {
        int colon = line.indexOf(": ");
        return colon > 0 && document.putIfAbsent(line.substring(0, colon), line.substring(colon + 2).strip()) == null;
    }

    /**
     * The parameters in a document, all of which must be there, and nothing that is neither one of them nor in the
     * heading.
     */
    static LaunchParameters parameters(Map<String, String> document, List<String> heading) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (LaunchComponent component : LaunchComponent.all()) {
            values.put(component.name(), component.parse(required(document, component.name())));
        }
        document.keySet().stream().filter(key -> !heading.contains(key) && !values.containsKey(key)).findFirst()
                .ifPresent(key -> {
                    throw new IllegalArgumentException("\"" + KeyedText.plain(key) + "\" is no launch parameter");
                });
        return LaunchComponent.parameters(values);
    }

    static String required(Map<String, String> document, String key) {
        String value = document.get(key);
        if (value == null) {
            throw new IllegalArgumentException(key + " is missing");
        }
        return value;
    }

    /** The parameters as values of a document. */
    static Map<String, String> values(LaunchParameters parameters) {
        Map<String, String> values = new LinkedHashMap<>();
        LaunchComponent.all().forEach(component -> values.put(component.name(),
                LaunchComponent.text(component.of(parameters))));
        return values;
    }
}
