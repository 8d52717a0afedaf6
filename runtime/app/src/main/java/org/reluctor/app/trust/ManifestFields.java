package org.reluctor.app.trust;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The fields of a JSON object of texts, whole numbers and one level of such objects; anything else in it is refused,
 * and so is a key that comes twice, which two readers could take differently.
 */
final class ManifestFields {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private final Map<String, Object> fields;
    private final String place;

    private ManifestFields(Map<String, Object> fields, String place) {
        this.fields = fields;
        this.place = place;
    }

    /**
     * Reads an object and nothing behind it.
     *
     * @throws UntrustedNetworkException if the content is something else
     */
    static ManifestFields read(byte[] content, String place) {
        try (JsonParser parser = FACTORY.createParser(content)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw unfit(place, "is no JSON object");
            }
            ManifestFields read = object(parser, place, true);
            if (parser.nextToken() != null) {
                throw unfit(place, "has something behind its object");
            }
            return read;
        } catch (JsonProcessingException exception) {
            throw unfit(place, "is no JSON: " + exception.getOriginalMessage());
        } catch (IOException exception) {
            // Its first bytes look like UTF-32, and it is not.
            throw unfit(place, "is no JSON in UTF-8");
        }
    }

    private static ManifestFields object(JsonParser parser, String place, boolean nests) throws IOException {
        Map<String, Object> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            JsonToken token = parser.nextToken();
            if (token == JsonToken.VALUE_STRING) {
                fields.put(key, parser.getText());
            } else if (token == JsonToken.VALUE_NUMBER_INT) {
                fields.put(key, parser.getLongValue());
            } else if (token == JsonToken.START_OBJECT && nests) {
                fields.put(key, object(parser, place + ", " + key, false));
            } else {
                throw unfit(place, "holds neither text nor whole number under \"" + key + "\"");
            }
        }
        return new ManifestFields(fields, place);
    }

    String text(String key) {
        return find(key, String.class).orElseThrow(() -> unfit(key + " must be a text"));
    }

    long number(String key, long least, long most) {
        return find(key, Long.class).filter(value -> value >= least && value <= most)
                .orElseThrow(() -> unfit(key + " must be a whole number from " + least + " to " + most));
    }

    /** An object within this one, where the key is there. */
    Optional<ManifestFields> inner(String key) {
        if (fields.containsKey(key) && !(fields.get(key) instanceof ManifestFields)) {
            throw unfit(key + " must be an object");
        }
        return find(key, ManifestFields.class);
    }

    /** Refuses keys of another version, which may mean something that must not be passed over. */
    void requireOnly(Set<String> known) {
        for (String key : fields.keySet()) {
            if (!known.contains(key)) {
                throw unfit("the key \"" + key + "\" is unknown");
            }
        }
    }

    UntrustedNetworkException unfit(String what) {
        return unfit(place, what);
    }

    private <T> Optional<T> find(String key, Class<T> type) {
        return Optional.ofNullable(fields.get(key)).filter(type::isInstance).map(type::cast);
    }

    private static UntrustedNetworkException unfit(String place, String what) {
        return new UntrustedNetworkException(Distrust.MANIFEST, place + ": " + what
                + "; reluctor manifest writes what is right");
    }
}
