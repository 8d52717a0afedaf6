package org.reluctor.devicetests.fuzz;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;

/** Signs as {@code minisign -S -l} does, always with the same keys, so that inputs that were found stay good. */
public final class NetworkSigner {
    private static final int KEY_BYTES = 32;
    private static final int HEAD_BYTES = 10;

    private final KeyPair pair;
    private final byte id;

    NetworkSigner() {
        this(1);
    }

    /** Signs with the key of that number. */
    public NetworkSigner(int number) {
        id = (byte) number;
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(255, new SameBytes((byte) (6 + number)));
            pair = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }

    /** The public key file's two lines. */
    public String publicKey() {
        byte[] encoded = pair.getPublic().getEncoded();
        return "untrusted comment: minisign public key\n" + Base64.getEncoder().encodeToString(head(KEY_BYTES)
                .put(encoded, encoded.length - KEY_BYTES, KEY_BYTES).array()) + "\n";
    }

    /** The signature file of a content. */
    public byte[] signature(byte[] content) throws GeneralSecurityException {
        byte[] comment = "version 1".getBytes(StandardCharsets.US_ASCII);
        byte[] signature = sign(content);
        return ("untrusted comment: of a test\n" + Base64.getEncoder().encodeToString(head(signature.length)
                .put(signature).array()) + "\ntrusted comment: version 1\n"
                + Base64.getEncoder().encodeToString(sign(signature, comment)) + "\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** Algorithm and key id. */
    private ByteBuffer head(int more) {
        return ByteBuffer.allocate(HEAD_BYTES + more).put((byte) 'E').put((byte) 'd').putLong(id);
    }

    private byte[] sign(byte[]... parts) throws GeneralSecurityException {
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(pair.getPrivate());
        for (byte[] part : parts) {
            signer.update(part);
        }
        return signer.sign();
    }

    private static final class SameBytes extends SecureRandom {
        private static final long serialVersionUID = 1L;
        private final byte value;

        SameBytes(byte value) {
            this.value = value;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, value);
        }
    }
}
