package org.reluctor.opencl.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes a file so that a reader sees the old one or the new one, never half of it; not even after a power cut, nor
 * where several processes write it at once.
 */
public final class AtomicFile {
    /** How the names of files end that are not yet complete; one that stays behind is of a process that was killed. */
    public static final String UNFINISHED = ".part";

    private AtomicFile() {
    }

    /**
     * Replaces the file by these bytes, one array behind the other: written beside it under a name of its own, forced
     * to the disk, then moved into its place. Where that fails nothing is left.
     *
     * @throws IOException if the folder cannot be written, or the disk is full
     */
    public static void write(Path file, byte[]... parts) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + UNFINISHED);
        try {
            writeAll(beside, parts);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static void writeAll(Path file, byte[]... parts) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (byte[] part : parts) {
                ByteBuffer bytes = ByteBuffer.wrap(part);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            channel.force(true);
        }
    }
}
