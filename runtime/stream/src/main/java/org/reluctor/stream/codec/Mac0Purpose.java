package org.reluctor.stream.codec;

import java.nio.charset.StandardCharsets;

/**
 * What an envelope is for. Its name enters the MAC (external_aad of RFC 9052, 6.3), so that what was made for one
 * purpose is good for no other, even under the same key.
 */
public enum Mac0Purpose {
    /** A sensor's frame. */
    FRAME("reluctor/v1/frame"),
    /** A command to a gateway. */
    COMMAND("reluctor/v1/cmd"),
    /** A gateway's answer to a command. */
    ANSWER("reluctor/v1/answer"),
    /** How far a sensor's frames were delivered, told by a gateway to those that share its partition. */
    MARK("reluctor/v1/mark");

    /** What the MAC_structure (RFC 9052, 6.3) holds before the payload. */
    private final byte[] prefix;

    Mac0Purpose(String externalData) {
        CborWriter cbor = new CborWriter(64);
        cbor.array(4);
        cbor.text("MAC0");
        cbor.bytes(Mac0Layout.PROTECTED);
        cbor.bytes(externalData.getBytes(StandardCharsets.US_ASCII));
        prefix = cbor.toByteArray();
    }

    byte[] prefix() {
        return prefix;
    }
}
