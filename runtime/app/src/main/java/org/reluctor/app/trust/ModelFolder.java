package org.reluctor.app.trust;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Set;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.opencl.file.IoReason;
import org.reluctor.opencl.file.Sha256;
import org.reluctor.opencl.pace.Pace;

/**
 * The folder of a network and of what belongs to it. Files are read once, after their size was held against
 * a limit. A symbolic link is followed where it stays within the folder, as those of a mounted ConfigMap do; one that
 * leads out is refused, whatever it leads to.
 */
final class ModelFolder {
    private static final Set<OpenOption> READ_NO_LINK = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    /** The JDK copies what it reads through memory of its own, as much as it is asked for at once. */
    private static final int PIECE_BYTES = 1 << 14;

    private final Path folder;

    ModelFolder(Path folder) {
        this.folder = folder;
    }

    Path resolve(String name) {
        return folder.resolve(name);
    }

    /**
     * The bytes of a file.
     *
     * @param name   of the file, without a folder's
     * @param most   bytes that it may have
     * @param absent what it means where there is no such file
     * @throws UntrustedNetworkException if it is absent, leads out of the folder, or is too large
     * @throws Failure                   if it cannot be read
     */
    byte[] read(String name, long most, Distrust absent) {
        return opened(name, most, absent, (channel, size) -> {
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(size));
            while (bytes.hasRemaining()) {
                bytes.limit((int) Math.min(size, bytes.position() + PIECE_BYTES));
                fill(channel, bytes);
                bytes.limit((int) size);
            }
            return bytes.array();
        });
    }

    /**
     * SHA-256 of a file, of which only a piece is in memory at a time.
     *
     * @throws UntrustedNetworkException as {@link #read}
     * @throws Failure                   as {@link #read}
     */
    byte[] hash(String name, long most, Distrust absent) {
        return opened(name, most, absent, (channel, size) -> {
            MessageDigest digest = Sha256.digest();
            ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
            for (long left = size; left > 0; left -= piece.limit()) {
                fill(channel, piece.clear().limit((int) Math.min(PIECE_BYTES, left)));
                digest.update(piece.flip());
            }
            return digest.digest();
        });
    }

    private interface Reading {
        byte[] read(SeekableByteChannel channel, long size) throws IOException;
    }

    private byte[] opened(String name, long most, Distrust absent, Reading reading) {
        Path file = folder.resolve(name);
        try (SeekableByteChannel channel = Files.newByteChannel(within(file), READ_NO_LINK)) {
            long size = channel.size();
            if (size > most) {
                throw new UntrustedNetworkException(Distrust.SIZE, file + " has " + size + " bytes; must have at most "
                        + most);
            }
            return reading.read(channel, size);
        } catch (EOFException shorter) {
            throw new Failure(ExitStatus.IO, file + ": became shorter while it was read", shorter);
        } catch (NoSuchFileException nowhere) {
            throw new UntrustedNetworkException(absent, file + ": no such file; must be there: " + (absent
                    == Distrust.UNSIGNED ? "a trusted network has a manifest (reluctor manifest) and its signature"
                            + " (minisign -S -l) beside it" : "its manifest names it"));
        } catch (IOException unreadable) {
            throw new Failure(ExitStatus.NO_INPUT, file + ": " + IoReason.of(unreadable), unreadable);
        }
    }

    private static void fill(SeekableByteChannel channel, ByteBuffer piece) throws IOException {
        while (piece.hasRemaining()) {
            if (channel.read(piece) < 0) {
                throw new EOFException();
            }
        }
        Pace.rest();
    }

    private Path within(Path file) throws IOException {
        Path home = folder.toRealPath();
        Path real = file.toRealPath();
        if (!real.startsWith(home)) {
            throw new UntrustedNetworkException(Distrust.LINK, file + " is a symbolic link that leads out of its"
                    + " folder; must be a file of the folder itself");
        }
        if (!Files.isRegularFile(real)) {
            throw new Failure(ExitStatus.NO_INPUT, file + ": is no file");
        }
        return real;
    }
}
