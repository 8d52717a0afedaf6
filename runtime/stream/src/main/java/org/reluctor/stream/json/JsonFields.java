package org.reluctor.stream.json;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads one flat JSON object (RFC 8259), as {@link JsonText} writes it: strings, numbers and words; lists of those are
 * passed over. Bounded, for what anybody may have published: a longer or nested text is none. Confined to one thread.
 */
public final class JsonFields {
    /** Longest text that is read, in bytes. */
    public static final int MOST_BYTES = 8192;
    private static final int HEX_DIGITS = 4;

    private final String text;
    private int at;

    private JsonFields(String text) {
        this.text = text;
    }

    /** The values by their names, numbers and words as they are written; null where the bytes are no such object. */
    public static Map<String, String> read(byte[] json) {
        if (json.length > MOST_BYTES) {
            return null;
        }
        try {
            return new JsonFields(new String(json, StandardCharsets.UTF_8)).object();
        } catch (IndexOutOfBoundsException | IllegalArgumentException malformed) {
            return null;
        }
    }

    private Map<String, String> object() {
        Map<String, String> fields = new HashMap<>();
        expect('{');
        for (boolean more = next() != '}'; more; more = isNext(',')) {
            String name = string();
            expect(':');
            String value = next() == '[' ? list() : scalar();
            if (value != null) {
                fields.put(name, value);
            }
        }
        expect('}');
        skipSpace();
        if (at < text.length()) {
            throw new IllegalArgumentException("more behind the object");
        }
        return fields;
    }

    private String list() {
        expect('[');
        for (boolean more = next() != ']'; more; more = isNext(',')) {
            scalar();
        }
        expect(']');
        return null;
    }

    private String scalar() {
        if (next() == '"') {
            return string();
        }
        int start = at;
        while (at < text.length() && isOfWord(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw new IllegalArgumentException("no value");
        }
        return text.substring(start, at);
    }

    private static boolean isOfWord(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.' || c == 'E';
    }

    private String string() {
        expect('"');
        StringBuilder read = new StringBuilder();
        for (char c = text.charAt(at++); c != '"'; c = text.charAt(at++)) {
            read.append(c == '\\' ? escaped() : c);
        }
        return read.toString();
    }

    private char escaped() {
        char c = text.charAt(at++);
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                at += HEX_DIGITS;
                yield (char) Integer.parseInt(text.substring(at - HEX_DIGITS, at), 16);
            }
            default -> throw new IllegalArgumentException("no escape");
        };
    }

    private void expect(char wanted) {
        if (next() != wanted) {
            throw new IllegalArgumentException("no " + wanted);
        }
        at++;
    }

    private boolean isNext(char wanted) {
        boolean there = next() == wanted;
        at += there ? 1 : 0;
        return there;
    }

    private char next() {
        skipSpace();
        return text.charAt(at);
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }
}
