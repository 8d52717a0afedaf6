package org.reluctor.learn.training;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;
import org.reluctor.learn.checkpoint.CheckpointFile;
import org.reluctor.learn.checkpoint.Numbers;
import org.reluctor.learn.data.BatchSource;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.opencl.file.Sha256;

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

    /**
     * Of what must be the same for a checkpoint to be gone on from.
     *
     * @param options of the training, as text
     * @param batches of which the first stands for all
     * @param network as it begins
     * @param first   values of what is trained
     */
    static byte[] digest(String options, BatchSource batches, RecoveryNetwork network, float[] first) {
        MessageDigest sum = Sha256.digest();
        String text = options + "|" + batches.width() + "|" + batches.size() + "|" + batches.groupSize();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        Numbers.add(sum, first);
        TrainedConstants.of(network).values().forEach(constant -> Numbers.add(sum, constant));
        float[] signals = new float[batches.size() * batches.width()];
        batches.fill(0, signals, new float[batches.size()]);
        Numbers.add(sum, signals);
        return sum.digest();
    }

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
        return new CheckpointFile(file, MARK, digest).read(Checkpoint::parse);
    }

    private static Checkpoint parse(DataInputStream in) throws IOException {
        return new Checkpoint(in.readLong(), in.readLong(), in.readDouble(), in.readInt(), Numbers.floats(in),
                Numbers.floats(in), Numbers.floats(in));
    }
}
