package org.reluctor.network;

import java.util.Map;

/**
 * Attributes of a node by ONNX name. A value is a {@link Long}, {@link Float}, {@code long[]}, {@code float[]} or
 * {@link String}.
 */
public record Attributes(Map<String, Object> values) {
    /** No attributes: every one has its default. */
    public static final Attributes NONE = new Attributes(Map.of());

    public Attributes {
        values = Map.copyOf(values);
    }

    /** An integer attribute, or its default where it is absent. */
    public long integer(String name, long defaultValue) {
        return values.get(name) instanceof Long value ? value : defaultValue;
    }

    /** A float attribute, or its default where it is absent. */
    public float real(String name, float defaultValue) {
        return values.get(name) instanceof Float value ? value : defaultValue;
    }
}
