package org.reluctor.learn.training;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import org.reluctor.learn.checkpoint.CheckpointFile;
import org.reluctor.learn.checkpoint.Numbers;

/**
 * Where gradient training stands.
 *
 * @param step       steps done
 * @param elapsedNs  time that they took
 * @param best       the least validation loss so far; NaN where there is none
 * @param idle       validations since then
 * @param parameters now
 * @param moments    now
 * @param kept       parameters at the best validation
 */
record Checkpoint(long step, long elapsedNs, double best, int idle, float[] parameters, float[] moments,
        float[] kept) {
    private static final long MARK = 0x52454c4347524432L;

    void write(Path file, byte[] digest) {
        new CheckpointFile(file, MARK, digest).write(this::write);
    }

    private void write(DataOutputStream out) throws IOException {
        out.writeLong(step);
        out.writeLong(elapsedNs);
        out.writeDouble(best);
        out.writeInt(idle);
        Numbers.write(out, parameters);
        Numbers.write(out, moments);
        Numbers.write(out, kept);
    }

    /**
     * What the file holds, if there is one.
     *
     * @throws org.reluctor.learn.data.DataFormatException if it is damaged, or of other training than the digest says
     */
    static Optional<Checkpoint> read(Path file, byte[] digest) {
        return new CheckpointFile(file, MARK, digest).read().map(Checkpoint::parse);
    }

    private static Checkpoint parse(DataInputStream in) {
        try {
            return new Checkpoint(in.readLong(), in.readLong(), in.readDouble(), in.readInt(), Numbers.floats(in),
                    Numbers.floats(in), Numbers.floats(in));
        } catch (IOException e) {
            throw new UncheckedIOException("a checkpoint whose sum is right ends too early", e);
        }
    }
}
