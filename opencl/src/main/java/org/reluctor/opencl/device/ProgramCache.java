package org.reluctor.opencl.device;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.reluctor.opencl.OpenClException;
import org.reluctor.opencl.file.AtomicFile;
import org.reluctor.opencl.file.IoReason;
import org.reluctor.opencl.file.Sha256;

/**
 * Built programs on disk, keyed by SHA-256 over source, options, device, driver and this format's version. Every file
 * carries a checked header ({@link BinaryFile}), because drivers do not check: a truncated binary can abort the whole
 * process and a changed byte is taken silently. A file that fails its check is built again and replaced.
 *
 * <p>Several processes may share the folder: files appear by an atomic rename. It does not grow for ever with new
 * drivers and networks: at the start the files that were used least recently are deleted beyond a number and a size.
 */
public final class ProgramCache {
    private static final String ENDING = ".clbin";
    /** This cache's own files: the folder may hold others, such as programs that were exported. */
    private static final Pattern KEPT = Pattern.compile("[0-9a-f]{64}\\.clbin");
    private static final Pattern LEFT = Pattern.compile("(probe|[0-9a-f]{64}\\.clbin).*\\.part");
    private static final int MOST_FILES = 256;
    private static final long MOST_BYTES = 64L << 20;

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
            Files.delete(Files.createTempFile(folder, "probe", AtomicFile.UNFINISHED));
        } catch (IOException e) {
            throw new OpenClException("the kernel cache " + folder + " cannot be written (" + IoReason.of(e)
                    + "); make it writable, or name another folder", e);
        }
        prune();
    }

    /**
     * Deletes what killed processes left, and what is beyond the limits. Another process that is at it too, or uses
     * what is deleted, comes to no harm: it builds again what it does not find.
     */
    private void prune() {
        long longAgo = System.currentTimeMillis() - TimeUnit.DAYS.toMillis(1);
        long bytes = 0;
        int files = 0;
        for (CachedFile file : CachedFile.latestFirst(folder)) {
            boolean finished = KEPT.matcher(file.name()).matches();
            bytes += finished ? file.lengthBytes() : 0;
            files += finished ? 1 : 0;
            boolean tooMany = files > MOST_FILES || bytes > MOST_BYTES;
            if (finished && tooMany || LEFT.matcher(file.name()).matches() && file.usedMs() < longAgo) {
                delete(file.path());
            }
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
            byte[] binary = BinaryFile.decode(Files.readAllBytes(file), key);
            touch(file);
            return Optional.of(binary);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Marks it as used now: the time of the last access is not kept by the file systems of many boards. */
    private static void touch(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis()));
        } catch (IOException e) {
            // Another user's file: it counts from when it was made.
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
        delete(file(key));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // It stays, and is refused or found too many again.
        }
    }

    private Path file(byte[] key) {
        return folder.resolve(HexFormat.of().formatHex(key) + ENDING);
    }
}
