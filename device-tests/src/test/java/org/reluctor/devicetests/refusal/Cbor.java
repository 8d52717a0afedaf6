package org.reluctor.devicetests.refusal;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** CBOR (RFC 8949) written without regard to what is allowed, and without the codec that is under test. */
public final class Cbor {
    private static final int UNSIGNED = 0;
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    public static final int ARRAY = 4;
    public static final int MAP = 5;
    private static final int TAG = 6;

    private Cbor() {
    }

    /** The head of an item in its shortest form. */
    public static byte[] head(int major, long argument) {
        int kind = major << 5;
        if (argument >= 0 && argument < 24) {
            return new byte[] {(byte) (kind | argument)};
        }
        int log = argument >>> 8 == 0 ? 0 : argument >>> 16 == 0 ? 1 : argument >>> 32 == 0 ? 2 : 3;
        int size = 1 << log;
        ByteBuffer bytes = ByteBuffer.allocate(1 + size).put((byte) (kind | 24 + log));
        for (int i = size - 1; i >= 0; i--) {
            bytes.put((byte) (argument >>> 8 * i));
        }
        return bytes.array();
    }

    public static byte[] unsigned(long value) {
        return head(UNSIGNED, value);
    }

    public static byte[] text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        return join(head(TEXT, utf8.length), utf8);
    }

    public static byte[] bytes(byte[] content) {
        return join(head(BYTES, content.length), content);
    }

    public static byte[] tagged(int tag, byte[] content) {
        return join(head(TAG, tag), bytes(content));
    }

    public static byte[] pair(long first, long second) {
        return join(head(ARRAY, 2), unsigned(first), unsigned(second));
    }

    public static byte[] float32(float value) {
        return ByteBuffer.allocate(5).put((byte) 0xfa).putFloat(value).array();
    }

    /** Elements of a typed array of float32, little-endian. */
    public static byte[] floats(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }

    public static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
