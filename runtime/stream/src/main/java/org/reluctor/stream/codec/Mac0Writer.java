package org.reluctor.stream.codec;

import java.nio.charset.StandardCharsets;

/**
 * Puts frames into COSE_Mac0 envelopes (RFC 9052, 6.2), as authenticating sensors send them. Confined to one thread at
 * a time.
 */
public final class Mac0Writer {
    private static final int TYPICAL_BYTES = 1024;

    private final CborWriter cbor = new CborWriter(TYPICAL_BYTES);

    /** A writer for any number of frames. */
    public Mac0Writer() {
        // Nothing to configure.
    }

    /**
     * The envelope of a frame.
     *
     * @param frame  as a {@link FrameWriter} made it
     * @param sensor "site/sensor", the key's name
     * @param key    that sensor's
     */
    public byte[] write(byte[] frame, String sensor, FrameKey key) {
        cbor.reset();
        cbor.tag(Mac0Layout.TAG);
        cbor.array(Mac0Layout.PARTS);
        cbor.bytes(Mac0Layout.PROTECTED);
        cbor.map(1);
        cbor.unsigned(Mac0Layout.KEY_ID);
        cbor.bytes(sensor.getBytes(StandardCharsets.US_ASCII));
        int payload = cbor.size();
        cbor.bytes(frame);
        cbor.bytes(key.code(cbor.array(), payload, cbor.size() - payload));
        return cbor.toByteArray();
    }
}
