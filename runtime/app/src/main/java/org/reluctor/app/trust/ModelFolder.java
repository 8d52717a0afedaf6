package org.reluctor.app.trust;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.reluctor.app.ExitStatus;
import org.reluctor.app.Failure;
import org.reluctor.opencl.file.IoReason;

/**
 * The folder of a network and of what belongs to it. Files are read once and wholly, after their size was held against
 * a limit. A symbolic link is followed where it stays within the folder, as those of a mounted ConfigMap do; one that
 * leads out is refused, whatever it leads to.
 */
final class ModelFolder {
    private static final Set<OpenOption> READ_NO_LINK = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

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
        Path file = folder.resolve(name);
        try (SeekableByteChannel channel = Files.newByteChannel(within(file), READ_NO_LINK)) {
            long size = channel.size();
            if (size > most) {
                throw new UntrustedNetworkException(Distrust.SIZE, file + " has " + size + " bytes; must have at most "
                        + most);
            }
            ByteBuffer bytes = ByteBuffer.allocate((int) size);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // Until the file is there.
            }
            if (bytes.hasRemaining()) {
                throw new Failure(ExitStatus.IO, file + ": became shorter while it was read");
            }
            return bytes.array();
        } catch (NoSuchFileException nowhere) {
            throw new UntrustedNetworkException(absent, file + ": no such file; must be there: " + (absent
                    == Distrust.UNSIGNED ? "a trusted network has a manifest (reluctor manifest) and its signature"
                            + " (minisign -S -l) beside it" : "its manifest names it"));
        } catch (IOException unreadable) {
            throw new Failure(ExitStatus.NO_INPUT, file + ": " + IoReason.of(unreadable), unreadable);
        }
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
