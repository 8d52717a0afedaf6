package org.reluctor.stream.codec;

/** What every envelope has in common: COSE_Mac0 (RFC 9052, 6.2) with the choices that version 1 makes. */
final class Mac0Layout {
    /** COSE_Mac0. */
    static final int TAG = 17;
    static final int PARTS = 4;
    /** The protected header: algorithm (1) is HMAC 256/256 (5), as a map of its own. */
    static final byte[] PROTECTED = {(byte) 0xa1, 1, 5};
    /** Key of the key identifier in the unprotected header. */
    static final int KEY_ID = 4;

    private Mac0Layout() {
    }
}
