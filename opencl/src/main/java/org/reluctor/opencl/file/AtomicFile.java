package org.reluctor.opencl.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.reluctor.opencl.pace.Pace;

/**
 * Writes a file so that a reader sees the old one or the new one, never half of it; not even after a power cut, nor
 * where several processes write it at once.
 */
public final class AtomicFile {
    /** How the names of files end that are not yet complete; one that stays behind is of a process that was killed. */
    public static final String UNFINISHED = ".part";

    /** The JDK copies what it writes into memory of its own, as much as it is given at once. */
    private static final int PIECE_BYTES = 1 << 16;

    private AtomicFile() {
    }

    /**
     * Replaces the file by these bytes, one array behind the other: written beside it under a name of its own, forced
     * to the disk, then moved into its place. Where that fails nothing is left.
     *
     * @throws IOException if the folder cannot be written, or the disk is full
     */
    public static void write(Path file, byte[]... parts) throws IOException {
        write(file, channel -> {
            for (byte[] part : parts) {
                for (int from = 0; from < part.length; from += PIECE_BYTES) {
                    writeFully(channel, ByteBuffer.wrap(part, from, Math.min(PIECE_BYTES, part.length - from)));
                }
            }
        });
    }

    /**
     * Replaces the file by the first bytes of another, of which only a piece is in memory at a time.
     *
     * @param most bytes that are copied; what the other has beyond them is left out
     * @throws IOException as {@link #write(Path, byte[]...)}, and if the other cannot be read
     */
    public static void copy(Path from, Path file, long most) throws IOException {
        try (FileChannel source = FileChannel.open(from, StandardOpenOption.READ)) {
            write(file, channel -> {
                ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
                for (long left = most; left > 0; left -= piece.limit()) {
                    piece.clear().limit((int) Math.min(PIECE_BYTES, left));
                    if (source.read(piece) < 0) {
                        return;
                    }
                    writeFully(channel, piece.flip());
                }
            });
        }
    }

    private interface Content {
        void writeTo(FileChannel channel) throws IOException;
    }

    private static void write(Path file, Content content) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + UNFINISHED);
        try {
            try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE)) {
                content.writeTo(channel);
                channel.force(true);
            }
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer piece) throws IOException {
        while (piece.hasRemaining()) {
            channel.write(piece);
        }
        Pace.rest();
    }
}
