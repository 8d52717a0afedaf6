package org.reluctor.learn.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import org.reluctor.learn.data.BatchSource;
import org.reluctor.learn.data.DataFormatException;
import org.reluctor.network.RecoveryNetwork;
import org.reluctor.opencl.file.AtomicFile;
import org.reluctor.opencl.file.IoReason;
import org.reluctor.opencl.file.Sha256;

/**
 * Where gradient training stands, as a file that appears whole or not at all: a mark, the digest of what is trained
 * and how, the numbers, and SHA-256 over all before it. Big-endian.
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
    private static final int HEAD = 3 * Long.BYTES + Double.BYTES + Integer.BYTES + Sha256.BYTES;

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
        sum.update(bytes(first));
        TrainedConstants.of(network).values().forEach(constant -> sum.update(bytes(constant)));
        float[] signals = new float[batches.size() * batches.width()];
        batches.fill(0, signals, new float[batches.size()]);
        sum.update(bytes(signals));
        return sum.digest();
    }

    private static byte[] bytes(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    void write(Path file, byte[] digest) {
        float[][] parts = {parameters, moments, kept};
        ByteBuffer bytes = ByteBuffer.allocate(HEAD + Arrays.stream(parts)
                .mapToInt(part -> Integer.BYTES + Float.BYTES * part.length).sum());
        bytes.putLong(MARK).put(digest).putLong(step).putLong(elapsedNs).putDouble(best).putInt(idle);
        for (float[] part : parts) {
            bytes.putInt(part.length);
            bytes.asFloatBuffer().put(part);
            bytes.position(bytes.position() + part.length * Float.BYTES);
        }
        try {
            AtomicFile.write(file, bytes.array(), Sha256.of(bytes.array()));
        } catch (IOException e) {
            throw new DataFormatException("the checkpoint " + file + " cannot be written: " + IoReason.of(e), e);
        }
    }

    /**
     * What the file holds, if there is one.
     *
     * @throws DataFormatException if it is damaged, or of other training than the digest says
     */
    static Optional<Checkpoint> read(Path file, byte[] digest) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(file, Files.readAllBytes(file), digest));
        } catch (IOException e) {
            throw new DataFormatException("the checkpoint " + file + " cannot be read: " + IoReason.of(e), e);
        }
    }

    private static Checkpoint parse(Path file, byte[] all, byte[] digest) {
        int length = all.length - Sha256.BYTES;
        boolean whole = length >= HEAD && Arrays.equals(Sha256.of(Arrays.copyOf(all, length)),
                Arrays.copyOfRange(all, length, all.length));
        ByteBuffer bytes = ByteBuffer.wrap(all, 0, Math.max(0, length));
        if (!whole || bytes.getLong() != MARK) {
            throw new DataFormatException("the checkpoint " + file + " is damaged or is none; delete it to begin anew");
        }
        byte[] own = new byte[Sha256.BYTES];
        bytes.get(own);
        if (!Arrays.equals(own, digest)) {
            throw new DataFormatException("the checkpoint " + file + " is of another network, other data or other"
                    + " options; give those it was begun with, or delete it to begin anew");
        }
        long step = bytes.getLong();
        long elapsedNs = bytes.getLong();
        double best = bytes.getDouble();
        int idle = bytes.getInt();
        return new Checkpoint(step, elapsedNs, best, idle, floats(bytes), floats(bytes), floats(bytes));
    }

    private static float[] floats(ByteBuffer bytes) {
        float[] values = new float[bytes.getInt()];
        bytes.asFloatBuffer().get(values);
        bytes.position(bytes.position() + values.length * Float.BYTES);
        return values;
    }
}
