package org.reluctor.network;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Digests: the SHA-256 of a file, and the head of it that identifies a measurement matrix. */
final class MatrixId {
    private static final int CHUNK = 4096;

    private MatrixId() {
    }

    /** First 8 bytes, big-endian, of SHA-256 over uint32 m, uint32 n and the values as float32, all little-endian. */
    static long of(int rows, int columns, float[] values) {
        MessageDigest digest = sha256();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        chunk.putInt(rows).putInt(columns);
        for (float value : values) {
            if (!chunk.hasRemaining()) {
                digest.update(chunk.flip());
                chunk.clear();
            }
            chunk.putFloat(value);
        }
        digest.update(chunk.flip());
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    /** A fresh SHA-256. */
    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-256", impossible);
        }
    }
}
