package org.reluctor.app.trust;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** Bytes of a known number as one line of Base64 (RFC 4648). */
final class Base64Line {
    private Base64Line() {
    }

    /**
     * The bytes, or nothing where the line is not exactly what an encoder makes of that many: bits that decoders pass
     * over may not differ either, so that no byte of a signature can be altered unnoticed.
     */
    static Optional<byte[]> decode(String line, int bytes) {
        try {
            byte[] text = line.getBytes(StandardCharsets.ISO_8859_1);
            byte[] decoded = Base64.getDecoder().decode(text);
            boolean exact = decoded.length == bytes && Arrays.equals(Base64.getEncoder().encode(decoded), text);
            return exact ? Optional.of(decoded) : Optional.empty();
        } catch (IllegalArgumentException exception) {
            return Optional.empty();
        }
    }
}
