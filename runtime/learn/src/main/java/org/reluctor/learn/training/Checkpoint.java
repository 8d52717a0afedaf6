package org.reluctor.learn.training;

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
    private static final long MARK = 0x52454c4347524431L;
    private static final int HEAD = 3 * Long.BYTES + Double.BYTES + 2 * Integer.BYTES + Sha256.BYTES;

    void write(Path file, byte[] digest) {
        ByteBuffer bytes = ByteBuffer.allocate(HEAD + 4 * Float.BYTES * parameters.length);
        bytes.putLong(MARK).put(digest).putLong(step).putLong(elapsedNs).putDouble(best).putInt(idle)
                .putInt(parameters.length);
        for (float[] part : new float[][] {parameters, moments, kept}) {
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
        int count = bytes.getInt();
        return new Checkpoint(step, elapsedNs, best, idle, floats(bytes, count), floats(bytes, 2 * count),
                floats(bytes, count));
    }

    private static float[] floats(ByteBuffer bytes, int count) {
        float[] values = new float[count];
        bytes.asFloatBuffer().get(values);
        bytes.position(bytes.position() + count * Float.BYTES);
        return values;
    }
}
