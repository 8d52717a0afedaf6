package org.reluctor.learn.checkpoint;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.reluctor.learn.data.DataFormatException;
import org.reluctor.opencl.file.AtomicFile;
import org.reluctor.opencl.file.IoReason;
import org.reluctor.opencl.file.Sha256;

/**
 * A file that appears whole or not at all: a mark of the method, the digest of what is trained and how, the method's
 * own state, and SHA-256 over all before it. Big-endian. One thread.
 */
public final class CheckpointFile {
    private static final int HEAD = Long.BYTES + Sha256.BYTES;

    private final Path file;
    private final long mark;
    private final byte[] digest;

    /**
     * @param mark   of the method and its version
     * @param digest SHA-256 of all that must be the same for a training to be gone on with
     */
    public CheckpointFile(Path file, long mark, byte[] digest) {
        this.file = file;
        this.mark = mark;
        this.digest = digest.clone();
    }

    /** A method's state, read. */
    public interface Parser<T> {
        /** From that stream. */
        T parse(DataInputStream in) throws IOException;
    }

    /** Writes a method's state. */
    public interface State {
        /** To that stream. */
        void write(DataOutputStream out) throws IOException;
    }

    /**
     * Replaces the file at once.
     *
     * @throws DataFormatException if it cannot be written
     */
    public void write(State state) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(mark);
            out.write(digest);
            state.write(out);
            AtomicFile.write(file, bytes.toByteArray(), Sha256.of(bytes.toByteArray()));
        } catch (IOException e) {
            throw new DataFormatException("the checkpoint " + file + " cannot be written: " + IoReason.of(e), e);
        }
    }

    /**
     * The state that the file holds, if there is one.
     *
     * @throws DataFormatException if it is damaged, or of other training than the digest says
     */
    public <T> Optional<T> read(Parser<T> parser) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(parser.parse(checked(Files.readAllBytes(file))));
        } catch (IOException e) {
            throw new DataFormatException("the checkpoint " + file + " cannot be read: " + IoReason.of(e), e);
        }
    }

    private DataInputStream checked(byte[] all) {
        int length = all.length - Sha256.BYTES;
        boolean whole = length >= HEAD && Arrays.equals(Sha256.of(Arrays.copyOf(all, length)),
                Arrays.copyOfRange(all, length, all.length));
        if (!whole) {
            throw new DataFormatException("the checkpoint " + file + " is damaged or is none; delete it to begin anew");
        }
        if (ByteBuffer.wrap(all).getLong() != mark || !Arrays.equals(Arrays.copyOfRange(all, Long.BYTES, HEAD),
                digest)) {
            throw new DataFormatException("the checkpoint " + file + " is of another network, other data or other"
                    + " options; give those it was begun with, or delete it to begin anew");
        }
        return new DataInputStream(new ByteArrayInputStream(all, HEAD, length - HEAD));
    }
}
