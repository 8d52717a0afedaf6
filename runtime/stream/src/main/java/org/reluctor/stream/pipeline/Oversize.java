package org.reluctor.stream.pipeline;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What is kept of a payload above {@code frame.maxBytes}: enough to reject the frame, to answer it, and to know it when
 * it comes again. The payload itself may be as large as a packet, and anybody who may publish could fill the heap with
 * such frames while they wait for their acknowledgement.
 *
 * @param bytes  size of the payload
 * @param sha256 of the payload, 64 hexadecimal digits
 */
record Oversize(int bytes, String sha256) {
    static Oversize of(byte[] payload) {
        return new Oversize(payload.length, HexFormat.of().formatHex(digest().digest(payload)));
    }

    /** Of SHA-256. */
    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
