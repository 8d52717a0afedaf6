package org.reluctor.app.trust;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;

/**
 * A signature file of minisign in its legacy form, "Ed": Ed25519 (RFC 8032) over the signed bytes themselves, and a
 * second time over that signature and the trusted comment. The form over a hash, "ED", needs BLAKE2b, which the JDK
 * lacks. Immutable. Format: https://jedisct1.github.io/minisign/#signature-format
 */
final class MinisignSignature {
    /** minisign's own comments have at most 1,024 and 8,192 bytes. */
    static final int MOST_BYTES = 16 << 10;
    private static final String UNTRUSTED = "untrusted comment: ";
    private static final String TRUSTED = "trusted comment: ";
    private static final int SIGNATURE_BYTES = 64;
    /** Algorithm, key id, signature. */
    private static final int HEAD_BYTES = 2 + Long.BYTES;
    private static final int LINES = 4;

    private final String place;
    private final byte[] block;
    private final byte[] comment;
    private final byte[] ofComment;

    private MinisignSignature(String place, byte[] block, byte[] comment, byte[] ofComment) {
        this.place = place;
        this.block = block;
        this.comment = comment;
        this.ofComment = ofComment;
    }

    /**
     * Reads a signature file's content.
     *
     * @param place stands for the file in messages
     * @throws UntrustedNetworkException if it is none, or of the form over a hash
     */
    static MinisignSignature parse(byte[] content, String place) {
        // Each byte as one character: what is verified later are the bytes.
        String[] lines = new String(content, StandardCharsets.ISO_8859_1).split("\r?\n", -1);
        boolean ends = lines.length == LINES + 1 && lines[LINES].isEmpty();
        if (lines.length != LINES && !ends || !lines[0].startsWith(UNTRUSTED) || !lines[2].startsWith(TRUSTED)) {
            throw broken(place, "is no signature of minisign");
        }
        byte[] block = Base64Line.decode(lines[1], HEAD_BYTES + SIGNATURE_BYTES)
                .orElseThrow(() -> broken(place, "holds no signature in its second line"));
        byte[] ofComment = Base64Line.decode(lines[3], SIGNATURE_BYTES)
                .orElseThrow(() -> broken(place, "holds no signature in its last line"));
        if (block[0] == 'E' && block[1] == 'D') {
            throw new UntrustedNetworkException(Distrust.PREHASHED, place + " is over a hash (ED), which cannot be"
                    + " verified here; must be in the legacy form (Ed): minisign -S -l -m MANIFEST");
        }
        if (block[0] != 'E' || block[1] != 'd') {
            throw broken(place, "is of another algorithm than Ed25519");
        }
        return new MinisignSignature(place, block,
                lines[2].substring(TRUSTED.length()).getBytes(StandardCharsets.ISO_8859_1), ofComment);
    }

    /**
     * Verifies both signatures.
     *
     * @throws UntrustedNetworkException if the key is none of these, or a signature does not fit
     */
    void verify(byte[] signed, MinisignKeys keys) {
        PublicKey key = keys.find(MinisignKeys.id(block)).orElseThrow(() -> new UntrustedNetworkException(Distrust.KEY,
                place + " is by key " + keyName() + ", which is not trusted; must be by one of "
                        + String.join(", ", keys.names())));
        byte[] signature = Arrays.copyOfRange(block, HEAD_BYTES, block.length);
        if (!fits(key, signature, signed)) {
            throw broken(place, "does not fit the manifest");
        }
        if (!fits(key, ofComment, signature, comment)) {
            throw broken(place, "does not fit its own trusted comment");
        }
    }

    /** The signing key's id, as minisign prints it. */
    String keyName() {
        return MinisignKeys.name(MinisignKeys.id(block));
    }

    /** What the signer wrote beside the signature, verified with it; for people. */
    String comment() {
        return new String(comment, StandardCharsets.UTF_8);
    }

    private static boolean fits(PublicKey key, byte[] signature, byte[]... parts) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            for (byte[] part : parts) {
                verifier.update(part);
            }
            return verifier.verify(signature);
        } catch (GeneralSecurityException malformed) {
            // Numbers beyond the group's order are told so.
            return false;
        }
    }

    private static UntrustedNetworkException broken(String place, String what) {
        return new UntrustedNetworkException(Distrust.SIGNATURE, place + " " + what
                + ": it or the manifest was altered; must be made anew with minisign -S -l -m MANIFEST");
    }
}
