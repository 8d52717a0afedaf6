package org.reluctor.opencl.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import org.reluctor.opencl.OpenClException;
import org.reluctor.opencl.file.AtomicFile;
import org.reluctor.opencl.file.IoReason;
import org.reluctor.opencl.file.Sha256;

/**
 * Built programs on disk, keyed by SHA-256 over source, options, device, driver and this format's version. Every file
 * carries a checked header ({@link BinaryFile}), because drivers do not check: a truncated binary can abort the whole
 * process and a changed byte is taken silently. A file that fails its check is built again and replaced.
 *
 * <p>Several processes may share the folder: files appear by an atomic rename.
 */
public final class ProgramCache {
    private final Path folder;

    /**
     * A cache in that folder, which is created for this user only where it is absent.
     *
     * @throws OpenClException if the folder cannot be created or written
     */
    public ProgramCache(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.delete(Files.createTempFile(folder, "probe", null));
        } catch (IOException e) {
            throw new OpenClException("the kernel cache " + folder + " cannot be written (" + IoReason.of(e)
                    + "); make it writable, or name another folder", e);
        }
    }

    /** The key of a program: 32 bytes. */
    static byte[] key(Device device, String source, String options) {
        MessageDigest digest = Sha256.digest();
        for (String part : new String[] {device.platform(), device.name(), device.version(), device.driver(), options,
            source}) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update(new byte[] {(byte) (bytes.length >>> 24), (byte) (bytes.length >>> 16),
                (byte) (bytes.length >>> 8), (byte) bytes.length});
            digest.update(bytes);
        }
        digest.update((byte) BinaryFile.VERSION);
        return digest.digest();
    }

    /** The driver's binary under that key, if it is there and unharmed. */
    Optional<byte[]> find(byte[] key) {
        Path file = file(key);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(BinaryFile.decode(Files.readAllBytes(file), key));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Keeps a binary; a full disk costs the next start some time, not this one its life. */
    void keep(byte[] key, byte[] binary) {
        try {
            AtomicFile.write(file(key), BinaryFile.encode(binary, key));
        } catch (IOException e) {
            // Nothing is lost but the time of the next build.
        }
    }

    /** Forgets a binary that the driver would not take. */
    void drop(byte[] key) {
        try {
            Files.deleteIfExists(file(key));
        } catch (IOException e) {
            // It will be refused again, and built again.
        }
    }

    private Path file(byte[] key) {
        return folder.resolve(HexFormat.of().formatHex(key) + ".clbin");
    }
}
