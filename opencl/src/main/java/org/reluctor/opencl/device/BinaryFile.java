package org.reluctor.opencl.device;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.reluctor.opencl.file.Sha256;

/**
 * The file around a driver's binary: magic, version, the key it was built for, length and SHA-256 of the content,
 * then the content. Nothing reaches a driver that does not pass.
 */
final class BinaryFile {
    static final int VERSION = 1;

    private static final byte[] MAGIC = "RELUCTOR-CLBIN\n\0".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER_BYTES = MAGIC.length + Integer.BYTES + Sha256.BYTES + Integer.BYTES + Sha256.BYTES;

    private BinaryFile() {
    }

    static byte[] encode(byte[] binary, byte[] key) {
        return ByteBuffer.allocate(HEADER_BYTES + binary.length)
                .put(MAGIC).putInt(VERSION).put(key).putInt(binary.length).put(Sha256.of(binary)).put(binary)
                .array();
    }

    /** The content; an {@link IllegalArgumentException} says what is wrong with the file. */
    static byte[] decode(byte[] file, byte[] key) {
        require(file.length >= HEADER_BYTES, "it ends inside its header");
        ByteBuffer in = ByteBuffer.wrap(file);
        require(Arrays.equals(take(in, MAGIC.length), MAGIC), "it is no program binary of this kind");
        int version = in.getInt();
        require(version == VERSION, "its format is version " + version + ", this is version " + VERSION);
        require(Arrays.equals(take(in, Sha256.BYTES), key),
                "it was built from other sources or options, or for another device or driver");
        int length = in.getInt();
        byte[] hash = take(in, Sha256.BYTES);
        require(length == in.remaining(), "it should hold " + length + " bytes and holds " + in.remaining());
        byte[] binary = take(in, length);
        require(Arrays.equals(Sha256.of(binary), hash), "its content does not match its checksum");
        return binary;
    }

    private static byte[] take(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
