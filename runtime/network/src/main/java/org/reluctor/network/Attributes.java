package org.reluctor.network;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * Attributes of a node by ONNX name. A value is a {@link Long}, {@link Float}, {@code long[]}, {@code float[]} or
 * {@link String}. Compared by content. The arrays are shared, not copied: do not write to them.
 */
public record Attributes(Map<String, Object> values) {
    /** No attributes: every one has its default. */
    public static final Attributes NONE = new Attributes(Map.of());

    public Attributes {
        values = Map.copyOf(values);
    }

    /** Whether the attribute is there. */
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /** An integer attribute, or its default where it is absent. */
    public long integer(String name, long defaultValue) {
        return values.get(name) instanceof Long value ? value : defaultValue;
    }

    /** A float attribute, or its default where it is absent. */
    public float real(String name, float defaultValue) {
        return values.get(name) instanceof Float value ? value : defaultValue;
    }

    /** A list of integers, or its default where it is absent. */
    public long[] integers(String name, long... defaultValue) {
        return values.get(name) instanceof long[] value ? value : defaultValue;
    }

    /** A string attribute, or its default where it is absent. */
    public String text(String name, String defaultValue) {
        return values.get(name) instanceof String value ? value : defaultValue;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Attributes that && values.keySet().equals(that.values.keySet())
                && values.keySet().stream().allMatch(key -> Arrays.deepEquals(
                        new Object[] {values.get(key)}, new Object[] {that.values.get(key)}));
    }

    @Override
    public int hashCode() {
        return values.entrySet().stream()
                .mapToInt(entry -> entry.getKey().hashCode() ^ Arrays.deepHashCode(new Object[] {entry.getValue()}))
                .sum();
    }

    /** Such as {@code {axes=[1, 2], keepdims=1}}, by ascending name. */
    @Override
    public String toString() {
        Map<String, String> texts = new TreeMap<>();
        values.forEach((name, value) -> {
            String text = Arrays.deepToString(new Object[] {value});
            texts.put(name, text.substring(1, text.length() - 1));
        });
        return texts.toString();
    }
}
