package org.reluctor.stream.codec;

import java.security.MessageDigest;

/**
 * Opens COSE_Mac0 envelopes (RFC 9052, 6.2): tag 17, algorithm HMAC 256/256 as the only protected header, the sensor or
 * gateway as key identifier in the only unprotected one. The content is not looked at before its MAC is verified.
 * Never throws; a good envelope is opened without allocation. Confined to one thread at a time.
 */
public final class Mac0Reader {
    /** Nothing in an envelope is nested deeper; its payload is one byte string. */
    private static final int MAX_DEPTH = 4;

    private final int maxBytes;
    private final CborReader cbor;
    private byte[] message;
    private int payloadStart;
    private int payloadLength;
    private FrameFault fault;
    private String detail = "";

    /** A reader of envelopes of up to so many bytes, their payload included. */
    public Mac0Reader(int maxBytes) {
        this.maxBytes = maxBytes;
        this.cbor = new CborReader(MAX_DEPTH, maxBytes);
    }

    /**
     * Opens an envelope.
     *
     * @param envelope the whole payload of a PUBLISH
     * @param sensor   "site/sensor" of the topic, or "site/gateway", as which the key must be named
     * @param key      of that sensor or gateway
     * @return null, and then {@link #payloadStart()} and {@link #payloadLength()} tell where the frame is; or what is
     *     wrong, told by {@link #faultDetail()}
     */
    public FrameFault read(byte[] envelope, String sensor, FrameKey key) {
        message = envelope;
        fault = null;
        detail = "";
        if (envelope.length > maxBytes) {
            fail(FrameFault.TOO_LARGE, "the envelope has " + envelope.length + " bytes; at most " + maxBytes
                    + " are right");
            return fault;
        }
        cbor.reset(envelope, 0, envelope.length);
        openArray();
        checkAlgorithm();
        checkKeyId(sensor);
        int encoded = cbor.position();
        payloadLength = cbor.readBytes();
        payloadStart = cbor.contentStart();
        int codeLength = cbor.readBytes();
        int codeStart = cbor.contentStart();
        cbor.end();
        checkForm();
        if (fault == null) {
            verify(key, encoded, codeStart, codeLength);
        }
        return fault;
    }

    /** Index of the frame's first byte in the envelope read last. */
    public int payloadStart() {
        return payloadStart;
    }

    /** Bytes of the frame in the envelope read last. */
    public int payloadLength() {
        return payloadLength;
    }

    /** The last fault as one sentence: what was found and what would be right; empty after a good envelope. */
    public String faultDetail() {
        return detail;
    }

    private void openArray() {
        if (cbor.peekMajor() != CborReader.TAG) {
            fail(FrameFault.ENVELOPE, "the payload does not begin with a tag; an envelope, COSE_Mac0, tag "
                    + Mac0Layout.TAG + ", is right");
            return;
        }
        long tag = cbor.readTag();
        int parts = cbor.readArray();
        checkForm();
        if (fault == null && (tag != Mac0Layout.TAG || parts != Mac0Layout.PARTS)) {
            fail(FrameFault.ENVELOPE, "tag " + Long.toUnsignedString(tag) + " of an array of " + parts
                    + "; COSE_Mac0, tag " + Mac0Layout.TAG + " of an array of " + Mac0Layout.PARTS + ", is right");
        }
    }

    private void checkAlgorithm() {
        int length = fault == null ? cbor.readBytes() : 0;
        checkForm();
        if (fault == null && !equal(cbor.contentStart(), length, Mac0Layout.PROTECTED)) {
            fail(FrameFault.ALGORITHM, "another protected header than {1: 5}, HMAC 256/256, which is right");
        }
    }

    private void checkKeyId(String sensor) {
        int pairs = fault == null ? cbor.readMap() : 0;
        long key = pairs == 1 ? cbor.readUnsigned() : -1;
        int length = key == Mac0Layout.KEY_ID ? cbor.readBytes() : -1;
        checkForm();
        if (fault == null && length < 0) {
            fail(FrameFault.KEY_ID, "another unprotected header than the key identifier alone, {4: name}, which is "
                    + "right");
        } else if (fault == null && !names(sensor, cbor.contentStart(), length)) {
            fail(FrameFault.KEY_ID, "the key identifier is " + QuotedText.of(message, cbor.contentStart(), length)
                    + "; the topic says \"" + sensor + "\"");
        }
    }

    /** A fault of the encoding is the envelope's, unless something was found before. */
    private void checkForm() {
        if (fault == null && cbor.fault() != null) {
            fail(FrameFault.ENVELOPE, cbor.faultDetail());
        }
    }

    private void verify(FrameKey key, int encoded, int codeStart, int codeLength) {
        byte[] code = key.code(message, encoded, payloadStart + payloadLength - encoded);
        if (codeLength != FrameKey.BYTES) {
            fail(FrameFault.MAC, "the MAC has " + codeLength + " bytes; " + FrameKey.BYTES + " are right");
        } else if (!equal(codeStart, codeLength, code)) {
            fail(FrameFault.MAC, "the MAC is not what the key makes of the content");
        }
    }

    /** In a time that does not tell where bytes differ, as {@link MessageDigest#isEqual}, but without a copy. */
    private boolean equal(int start, int length, byte[] wanted) {
        int different = length ^ wanted.length;
        for (int i = 0; i < Math.min(length, wanted.length); i++) {
            different |= message[start + i] ^ wanted[i];
        }
        return different == 0;
    }

    private boolean names(String sensor, int start, int length) {
        boolean same = length == sensor.length();
        for (int i = 0; same && i < length; i++) {
            same = message[start + i] == sensor.charAt(i);
        }
        return same;
    }

    private void fail(FrameFault kind, String sentence) {
        fault = kind;
        detail = sentence;
    }
}
