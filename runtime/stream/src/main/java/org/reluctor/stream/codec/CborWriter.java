package org.reluctor.stream.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes deterministic CBOR (RFC 8949, 4.2) into an array of its own that grows as needed and is used again after
 * {@link #reset()}: once large enough, writing allocates nothing. Heads are the shortest; that map keys ascend and
 * counts are kept is the caller's part. Confined to one thread at a time.
 */
public final class CborWriter {
    private byte[] bytes;
    private int size;

    /** A writer whose array first holds {@code capacity} bytes. */
    public CborWriter(int capacity) {
        bytes = new byte[Math.max(capacity, 16)];
    }

    /** Begins anew in the same array. */
    public void reset() {
        size = 0;
    }

    /** Bytes written so far. */
    public int size() {
        return size;
    }

    /** The array written to, valid until the next write, from index 0 to {@link #size()}. */
    public byte[] array() {
        return bytes;
    }

    /** What was written, in an array of exactly that size. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** Begins a map of {@code pairs} keys and values. */
    public void map(int pairs) {
        head(CborReader.MAP, pairs);
    }

    /** Begins an array of {@code items}. */
    public void array(int items) {
        head(CborReader.ARRAY, items);
    }

    /** A tag; what it tags is written next. */
    public void tag(int tag) {
        head(CborReader.TAG, tag);
    }

    /** An unsigned integer of 64 bits. */
    public void unsigned(long value) {
        head(CborReader.UNSIGNED, value);
    }

    /** A signed integer. */
    public void integer(long value) {
        head(value < 0 ? CborReader.NEGATIVE : CborReader.UNSIGNED, value < 0 ? ~value : value);
    }

    /** A 32-bit float, its bits kept. */
    public void float32(float value) {
        ensure(5);
        bytes[size] = (byte) 0xfa;
        bigEndian(Float.floatToRawIntBits(value), size + 1, 4);
        size += 5;
    }

    /** A text string in UTF-8; allocates only for text beyond ASCII. */
    public void text(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) > 0x7f) {
                byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
                head(CborReader.TEXT, encoded.length);
                int start = claim(encoded.length);
                System.arraycopy(encoded, 0, bytes, start, encoded.length);
                return;
            }
        }
        head(CborReader.TEXT, length);
        int at = claim(length);
        for (int i = 0; i < length; i++) {
            bytes[at + i] = (byte) text.charAt(i);
        }
    }

    /** A byte string of 8: {@code id}, big-endian. */
    public void id(long id) {
        bigEndian(id, bytes(Long.BYTES), Long.BYTES);
    }

    /** Begins a byte string and claims its room; returns the index in {@link #array()} where its bytes go. */
    public int bytes(int length) {
        head(CborReader.BYTES, length);
        return claim(length);
    }

    /** A byte string. */
    public void bytes(byte[] content) {
        int at = bytes(content.length);
        System.arraycopy(content, 0, bytes, at, content.length);
    }

    private int claim(int length) {
        ensure(length);
        int at = size;
        size += length;
        return at;
    }

    private void head(int major, long argument) {
        ensure(9);
        int type = major << 5;
        if (argument >= 0 && argument < 24) {
            bytes[size++] = (byte) (type | (int) argument);
            return;
        }
        int log = argument >>> 8 == 0 ? 0 : argument >>> 16 == 0 ? 1 : argument >>> 32 == 0 ? 2 : 3;
        bytes[size] = (byte) (type | 24 + log);
        bigEndian(argument, size + 1, 1 << log);
        size += 1 + (1 << log);
    }

    private void bigEndian(long value, int at, int length) {
        for (int i = 0; i < length; i++) {
            bytes[at + i] = (byte) (value >>> 8 * (length - 1 - i));
        }
    }

    private void ensure(int more) {
        long needed = (long) size + more;
        if (needed > Integer.MAX_VALUE - 8) {
            throw new IllegalStateException("a payload of " + needed + " bytes exceeds an array");
        }
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 2L * bytes.length)));
        }
    }
}
