package org.reluctor.opencl.file;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.reluctor.opencl.pace.Pace;

/** SHA-256 (FIPS 180-4), by which sources, binaries and libraries are told from others and from damaged ones. */
public final class Sha256 {
    /** Bytes of a hash. */
    public static final int BYTES = 32;

    /** A small board hashes so much in about a millisecond. */
    private static final int PIECE_BYTES = 1 << 14;

    private Sha256() {
    }

    /** A digest that has seen nothing. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The hash of these bytes; in pieces between which a thread with a {@link Pace} rests. */
    public static byte[] of(byte[] bytes) {
        MessageDigest digest = digest();
        for (int from = 0; from < bytes.length; from += PIECE_BYTES) {
            digest.update(bytes, from, Math.min(PIECE_BYTES, bytes.length - from));
            Pace.rest();
        }
        return digest.digest();
    }
}
