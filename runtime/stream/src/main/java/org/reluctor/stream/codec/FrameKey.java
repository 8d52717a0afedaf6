package org.reluctor.stream.codec;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/**
 * A key, ready for HMAC 256/256 (RFC 9053, 3.1) over COSE_Mac0 envelopes of one purpose: a sensor's for its frames
 * and marks, or a gateway's for commands. Confined to one thread at a time.
 */
public final class FrameKey {
    /** Bytes of a key, and of the MAC made with it. */
    public static final int BYTES = 32;

    private final Mac mac;
    private final byte[] prefix;
    private final byte[] code = new byte[BYTES];

    /** A sensor's key, for frames; otherwise as {@link #FrameKey(byte[], Mac0Purpose)}. */
    public FrameKey(byte[] key) {
        this(key, Mac0Purpose.FRAME);
    }

    /**
     * @param key     {@value #BYTES} bytes, which are copied
     * @param purpose of the envelopes
     * @throws IllegalArgumentException if it has another length
     */
    public FrameKey(byte[] key, Mac0Purpose purpose) {
        prefix = purpose.prefix();
        if (key.length != BYTES) {
            throw new IllegalArgumentException("a key of " + key.length + " bytes; " + BYTES + " are right");
        }
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /**
     * The MAC of a COSE_Mac0 envelope's payload, without allocation; valid until the next call.
     *
     * @param from   the payload as an encoded byte string, its head included, from this index of {@code bytes}
     * @param length of the encoded byte string
     */
    byte[] code(byte[] bytes, int from, int length) {
        mac.update(prefix);
        mac.update(bytes, from, length);
        try {
            mac.doFinal(code, 0);
        } catch (ShortBufferException e) {
            throw new IllegalStateException("HMAC-SHA256 has " + BYTES + " bytes", e);
        }
        return code;
    }
}
