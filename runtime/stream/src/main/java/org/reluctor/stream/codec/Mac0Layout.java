package org.reluctor.stream.codec;

import java.nio.charset.StandardCharsets;

/** What every envelope of a frame has in common: COSE_Mac0 (RFC 9052, 6.2) with the choices that version 1 makes. */
final class Mac0Layout {
    /** COSE_Mac0. */
    static final int TAG = 17;
    static final int PARTS = 4;
    /** The protected header: algorithm (1) is HMAC 256/256 (5), as a map of its own. */
    static final byte[] PROTECTED = {(byte) 0xa1, 1, 5};
    /** Key of the key identifier in the unprotected header. */
    static final int KEY_ID = 4;
    /** What the MAC_structure (RFC 9052, 6.3) holds before the payload. */
    static final byte[] PREFIX = prefix();

    private Mac0Layout() {
    }

    private static byte[] prefix() {
        CborWriter cbor = new CborWriter(64);
        cbor.array(4);
        cbor.text("MAC0");
        cbor.bytes(PROTECTED);
        cbor.bytes("reluctor/v1/frame".getBytes(StandardCharsets.US_ASCII));
        return cbor.toByteArray();
    }
}
