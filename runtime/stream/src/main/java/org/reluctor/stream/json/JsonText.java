package org.reluctor.stream.json;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes one flat JSON object. For the few messages that are JSON; numbers that are not finite are left out. */
public final class JsonText {
    private final StringBuilder text = new StringBuilder(256).append('{');

    public JsonText add(String name, String value) {
        key(name);
        quote(value);
        return this;
    }

    public JsonText add(String name, float value) {
        if (Float.isFinite(value)) {
            key(name);
            text.append(value);
        }
        return this;
    }

    public JsonText add(String name, long value) {
        key(name);
        text.append(value);
        return this;
    }

    /** A number of 64 bits without sign. */
    public JsonText addUnsigned(String name, long value) {
        key(name);
        text.append(Long.toUnsignedString(value));
        return this;
    }

    public JsonText addNull(String name) {
        key(name);
        text.append("null");
        return this;
    }

    public JsonText add(String name, List<String> values) {
        key(name);
        text.append('[');
        for (int i = 0; i < values.size(); i++) {
            text.append(i == 0 ? "" : ",");
            quote(values.get(i));
        }
        text.append(']');
        return this;
    }

    /** The object, in UTF-8. */
    public byte[] toBytes() {
        return (text + "}").getBytes(StandardCharsets.UTF_8);
    }

    private void key(String name) {
        if (text.length() > 1) {
            text.append(',');
        }
        quote(name);
        text.append(':');
    }

    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                // Half a surrogate pair has no UTF-8; escaped, any pair is still one.
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
