package org.reluctor.app.trust;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.opencl.file.IoReason;

/**
 * Public keys as minisign writes them, several behind one another where signing passes from one key to the next.
 * Immutable; any thread. Format: https://jedisct1.github.io/minisign/#public-key-format
 */
public final class MinisignKeys {
    private static final int MOST_BYTES = 64 << 10;
    private static final int KEY_BYTES = 32;
    /** Algorithm, key id, key. */
    private static final int BLOCK_BYTES = 2 + Long.BYTES + KEY_BYTES;
    /** What stands before the 32 bytes of an Ed25519 key in its X.509 form (RFC 8410). */
    private static final byte[] X509_HEAD = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};

    private final Map<Long, PublicKey> keys;

    private MinisignKeys(Map<Long, PublicKey> keys) {
        this.keys = keys;
    }

    /**
     * The keys in a file: each a line of Base64, with comments ("untrusted comment:" or #) between them.
     *
     * @throws Failure if there is none, or a line is neither key nor comment
     */
    public static MinisignKeys read(Path file) {
        Map<Long, PublicKey> keys = new LinkedHashMap<>();
        int number = 0;
        for (String line : text(file).split("\n", -1)) {
            number++;
            String content = line.strip();
            if (!content.isEmpty() && !content.startsWith("#") && !content.startsWith("untrusted comment:")) {
                add(content, file + ":" + number, keys);
            }
        }
        if (keys.isEmpty()) {
            throw unfit(file + " holds no key");
        }
        return new MinisignKeys(keys);
    }

    private static void add(String content, String place, Map<Long, PublicKey> keys) {
        byte[] block = Base64Line.decode(content, BLOCK_BYTES)
                .orElseThrow(() -> unfit(place + " is neither a key nor a comment"));
        if (block[0] != 'E' || block[1] != 'd') {
            throw unfit(place + " holds a key of another algorithm than Ed25519");
        }
        byte[] encoded = new byte[X509_HEAD.length + KEY_BYTES];
        System.arraycopy(X509_HEAD, 0, encoded, 0, X509_HEAD.length);
        System.arraycopy(block, BLOCK_BYTES - KEY_BYTES, encoded, X509_HEAD.length, KEY_BYTES);
        try {
            keys.put(id(block), KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException exception) {
            throw unfit(place + " holds no Ed25519 key");
        }
    }

    /** The key's id behind the two letters of the algorithm, in keys and signatures alike. */
    static long id(byte[] block) {
        return ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
    }

    /** An id as minisign prints it. */
    static String name(long id) {
        return String.format("%016X", id);
    }

    Optional<PublicKey> find(long id) {
        return Optional.ofNullable(keys.get(id));
    }

    /** Ids of the keys, as minisign prints them, in the order of the file. */
    public Collection<String> names() {
        return keys.keySet().stream().map(MinisignKeys::name).toList();
    }

    private static String text(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw unfit(file + " is no file that can be read");
            }
            if (Files.size(file) > MOST_BYTES) {
                throw unfit(file + " has " + Files.size(file) + " bytes");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException exception) {
            throw unfit(file + " cannot be read, " + IoReason.of(exception));
        }
    }

    private static Failure unfit(String what) {
        return new Failure(ExitStatus.CREDENTIALS, what + "; must hold public keys as minisign -G writes them");
    }
}
