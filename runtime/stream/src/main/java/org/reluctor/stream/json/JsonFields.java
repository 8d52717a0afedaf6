package org.reluctor.stream.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads one flat JSON object (RFC 8259), as {@link JsonText} writes it: strings, numbers and words; lists of those are
 * passed over. Bounded, for what anybody may have published: a longer or nested text is none. Safe for any thread.
 */
public final class JsonFields {
    /** Longest text that is read, in bytes. */
    public static final int MOST_BYTES = 8192;
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonFields() {
    }

    /** The values by their names, numbers and words as they are written; null where the bytes are no such object. */
    public static Map<String, String> read(byte[] json) {
        if (json.length > MOST_BYTES) {
            return null;
        }
        try (JsonParser parser = FACTORY.createParser(json)) {
            return parser.nextToken() == JsonToken.START_OBJECT ? fields(parser) : null;
        } catch (IOException malformed) {
            return null;
        }
    }

    private static Map<String, String> fields(JsonParser parser) throws IOException {
        Map<String, String> fields = new HashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value.isScalarValue()) {
                fields.put(name, parser.getText());
            } else if (value != JsonToken.START_ARRAY || !isOfScalars(parser)) {
                return null;
            }
        }
        return parser.nextToken() == null ? fields : null;
    }

    private static boolean isOfScalars(JsonParser parser) throws IOException {
        JsonToken element = parser.nextToken();
        while (element.isScalarValue()) {
            element = parser.nextToken();
        }
        return element == JsonToken.END_ARRAY;
    }
}
