package org.reluctor.app.configuration;

/**
 * A setting's value as it was given, and where.
 *
 * @param place {@code file:line} or the name of an environment variable
 * @param path  of the setting
 * @param node  the value
 * @param loose whether it came as mere text (an override), whose type is then what the setting needs
 */
record Value(String place, String path, YamlNode node, boolean loose) {
    /** Begin of every message about this value. */
    String where() {
        return place.equals(path) ? path : place + ": " + path;
    }

    /** Text of a scalar of that kind, or null where it is something else. */
    String textIf(YamlNode.Kind kind) {
        boolean fits = node instanceof YamlNode.Scalar scalar && (loose || scalar.kind() == kind);
        return fits ? ((YamlNode.Scalar) node).text() : null;
    }
}
