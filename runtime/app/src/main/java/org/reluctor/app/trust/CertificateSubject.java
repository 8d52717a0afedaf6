package org.reluctor.app.trust;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.Optional;

/** Which network a certificate is about. Only that is read of it here; its checker reads the rest. */
final class CertificateSubject {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private CertificateSubject() {
    }

    /** The SHA-256 that a certificate names, or empty where it is no JSON object, or names none. */
    static Optional<String> of(byte[] certificate) {
        try (JsonParser parser = FACTORY.createParser(certificate)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            String subject = null;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean named = parser.currentName().equals(NetworkManifest.CERTIFICATE_KEY);
                boolean text = parser.nextToken() == JsonToken.VALUE_STRING;
                if (named && text) {
                    subject = parser.getText();
                }
                parser.skipChildren();
            }
            return Optional.ofNullable(subject);
        } catch (IOException exception) {
            // No JSON, or in an encoding of which its first bytes promise what the others do not keep.
            return Optional.empty();
        }
    }
}
