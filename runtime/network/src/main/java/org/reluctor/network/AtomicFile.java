package org.reluctor.network;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes a file so that a reader sees the old one or the new one, never half of it. */
final class AtomicFile {
    private AtomicFile() {
    }

    /** Replaces the file by these bytes: written beside it, forced to the disk, then moved into its place. */
    static void write(Path file, ByteBuffer... parts) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + ".part");
        try {
            writeAll(beside, parts);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static void writeAll(Path file, ByteBuffer... parts) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            for (ByteBuffer part : parts) {
                writeFully(channel, part);
            }
            channel.force(true);
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer part) throws IOException {
        while (part.hasRemaining()) {
            channel.write(part);
        }
    }
}
