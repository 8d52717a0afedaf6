package org.reluctor.app.json;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes JSON (RFC 8259) from maps, iterables, texts, numbers, booleans and null. A number that JSON cannot carry (NaN,
 * infinite) becomes null. Written here because the generator of a library would cost start-up time for a dozen lines.
 */
public final class JsonText {
    private JsonText() {
    }

    /** An object of the pairs key, value, key, value, …, in that order. */
    public static String of(Object... pairs) {
        return of(map(pairs));
    }

    /** An object of the map's pairs, in its order. */
    public static String of(Map<String, ?> object) {
        StringBuilder text = new StringBuilder();
        append(text, object);
        return text.toString();
    }

    /** The pairs key, value, key, value, … as a map in that order; values may be null. */
    public static Map<String, Object> map(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private static void append(StringBuilder text, Object value) {
        if (value instanceof Map<?, ?> map) {
            appendObject(text, map);
        } else if (value instanceof Iterable<?> elements) {
            appendArray(text, elements);
        } else if (value instanceof Double || value instanceof Float) {
            appendReal(text, (Number) value);
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            text.append(value);
        } else {
            appendText(text, value.toString());
        }
    }

    private static void appendObject(StringBuilder text, Map<?, ?> map) {
        char separator = '{';
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            appendText(text.append(separator), entry.getKey().toString());
            append(text.append(':'), entry.getValue());
            separator = ',';
        }
        text.append(separator == '{' ? "{}" : "}");
    }

    private static void appendArray(StringBuilder text, Iterable<?> elements) {
        char separator = '[';
        for (Object element : elements) {
            append(text.append(separator), element);
            separator = ',';
        }
        text.append(separator == '[' ? "[]" : "]");
    }

    private static void appendReal(StringBuilder text, Number number) {
        text.append(Double.isFinite(number.doubleValue()) ? number.toString() : "null");
    }

    private static void appendText(StringBuilder text, String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c == '\n') {
                text.append("\\n");
            } else if (c < ' ' || c == 0x7f || Character.isSurrogate(c)) {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
