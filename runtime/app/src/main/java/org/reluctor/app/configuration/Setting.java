package org.reluctor.app.configuration;

import java.util.List;

/**
 * What is declared of one setting where it is bound; tests compare it with the shipped file and the JSON Schema.
 *
 * @param path         such as {@code broker.uri}; an element of a list is {@code networks[0]}
 * @param type         JSON type: {@code string}, {@code integer} or {@code boolean}
 * @param defaultValue String, Long or Boolean; null where the setting must be given
 * @param least        of an integer; 0 otherwise
 * @param most         of an integer; 0 otherwise
 * @param choices      the only texts possible; empty where any is
 * @param pattern      that a text must match wholly; empty where any is possible
 */
record Setting(String path, String type, Object defaultValue, long least, long most, List<String> choices,
        String pattern) {
    static Setting integer(String path, long defaultValue, long least, long most) {
        return new Setting(path, "integer", defaultValue, least, most, List.of(), "");
    }

    static Setting flag(String path, boolean defaultValue) {
        return new Setting(path, "boolean", defaultValue, 0, 0, List.of(), "");
    }

    static Setting text(String path, String defaultValue, String pattern) {
        return new Setting(path, "string", defaultValue, 0, 0, List.of(), pattern);
    }

    static Setting choice(String path, String defaultValue, List<String> choices) {
        return new Setting(path, "string", defaultValue, 0, 0, List.copyOf(choices), "");
    }
}
