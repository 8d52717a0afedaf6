package org.reluctor.app.trust;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;

/** Signs as {@code minisign -S -l} does, with a key of its own, and as an attacker might. */
final class MinisignSigner {
    private static final int KEY_BYTES = 32;

    private final KeyPair pair;
    private final long id;

    MinisignSigner(long id) throws GeneralSecurityException {
        this.id = id;
        this.pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    /** The public key file's two lines. */
    String publicKey() {
        byte[] encoded = pair.getPublic().getEncoded();
        byte[] block = head("Ed", KEY_BYTES).put(encoded, encoded.length - KEY_BYTES, KEY_BYTES).array();
        return "untrusted comment: minisign public key\n" + Base64.getEncoder().encodeToString(block) + "\n";
    }

    /** Signs a file, with the signature beside it. */
    void sign(Path file) throws IOException, GeneralSecurityException {
        sign(file, "Ed", "trusted comment: version for tests");
    }

    void sign(Path file, String algorithm, String commentLine) throws IOException, GeneralSecurityException {
        byte[] signature = signature(Files.readAllBytes(file));
        byte[] comment = commentLine.substring(commentLine.indexOf(": ") + 2).getBytes(StandardCharsets.UTF_8);
        byte[] ofComment = signature(signature, comment);
        String block = Base64.getEncoder().encodeToString(head(algorithm, signature.length).put(signature).array());
        Files.writeString(Path.of(file + NetworkManifest.SIGNATURE_ENDING), "untrusted comment: of a test\n" + block
                + "\n" + commentLine + "\n" + Base64.getEncoder().encodeToString(ofComment) + "\n");
    }

    private ByteBuffer head(String algorithm, int more) {
        return ByteBuffer.allocate(2 + Long.BYTES + more).order(ByteOrder.LITTLE_ENDIAN)
                .put(algorithm.getBytes(StandardCharsets.US_ASCII)).putLong(id);
    }

    private byte[] signature(byte[]... parts) throws GeneralSecurityException {
        Signature signer = Signature.getInstance("Ed25519");
        signer.initSign(pair.getPrivate());
        for (byte[] part : parts) {
            signer.update(part);
        }
        return signer.sign();
    }
}
