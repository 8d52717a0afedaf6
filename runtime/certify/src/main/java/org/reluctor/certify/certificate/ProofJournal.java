package org.reluctor.certify.certificate;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.reluctor.certify.bound.KeptBounds;
import org.reluctor.certify.bound.SlopeProof;
import org.reluctor.certify.interval.Box;

/**
 * A file that grows by what was proven, so that a certification that was interrupted or killed goes on where it was:
 * a mark, the digest of the question, then records of boxes and multipliers, each with its length and CRC-32C.
 * Big-endian. A record that is not whole, and all behind it, are written anew. A file of another question, or without
 * the mark, is refused and left as it is. The file is there for good with its first record only.
 *
 * <p>Multipliers prove their bounds whatever they are; boxes of hidden layers are taken as they stand, and
 * {@code check-certificate} would refuse what follows from wrong ones. Safe between threads; one process at a time.
 */
public final class ProofJournal implements KeptBounds, AutoCloseable {
    private static final byte[] MARK = "reluctor certify 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte BOX = 1;
    private static final byte PROOF = 2;
    private static final int HEAD = Integer.BYTES + Integer.BYTES;
    private static final int MOST_BYTES = 1 << 30;

    private final Path file;
    private final FileChannel channel;
    private final Map<Integer, Box> boxes = new HashMap<>();
    private final Map<Long, SlopeProof> proofs = new HashMap<>();
    private final ByteBuffer head;
    private final int found;

    private ProofJournal(Path file, FileChannel channel, byte[] question) throws IOException {
        this.file = file;
        this.channel = channel;
        head = ByteBuffer.allocate(MARK.length + question.length).put(MARK).put(question).flip();
        ByteBuffer content = content(channel);
        requireSame(content);
        int end = 0;
        if (content.remaining() >= head.remaining()) {
            content.position(head.remaining());
            end = read(content);
        }
        if (end < channel.size()) {
            channel.truncate(end);
        }
        found = boxes.size() + proofs.size();
        channel.position(channel.size());
    }

    /** A head that a kill cut short is the same: nothing was kept. */
    private void requireSame(ByteBuffer content) {
        int marked = Math.min(content.remaining(), MARK.length);
        if (!content.slice(0, marked).equals(head.slice(0, marked))) {
            throw new CertificateException("is no file of an unfinished certificate; remove it, or name another"
                    + " --output");
        }
        int both = Math.min(content.remaining(), head.remaining());
        if (!content.slice(0, both).equals(head.slice(0, both))) {
            throw new CertificateException("is of another question; remove it, or name another --output");
        }
    }

    /**
     * Opens the file, which is made where it is not there.
     *
     * @param question SHA-256 of all that must be the same for what was proven to be taken
     * @throws CertificateException if it is of another question, is no journal, or is open already; it stays as it is
     * @throws IOException          if it cannot be read, written or locked
     */
    public static ProofJournal open(Path file, byte[] question) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw new CertificateException("another process is writing it");
            }
            return new ProofJournal(file, channel, question);
        } catch (OverlappingFileLockException twice) {
            channel.close();
            throw new CertificateException("this process is writing it", twice);
        } catch (IOException | CertificateException failed) {
            channel.close();
            throw failed;
        }
    }

    private static ByteBuffer content(FileChannel channel) throws IOException {
        if (channel.size() > MOST_BYTES) {
            throw new IOException("has " + channel.size() + " bytes; must be at most " + MOST_BYTES);
        }
        ByteBuffer content = ByteBuffer.allocate((int) channel.size());
        while (content.hasRemaining() && channel.read(content, content.position()) > 0) {
            // Read on.
        }
        return content.flip();
    }

    /** Takes all whole records; gives where they end. */
    private int read(ByteBuffer content) {
        int end = content.position();
        while (content.remaining() >= HEAD) {
            int length = content.getInt();
            int checksum = content.getInt();
            if (length < 0 || length > content.remaining()
                    || checksum != checksum(content.slice(content.position(), length))) {
                break;
            }
            ByteBuffer record = content.slice(content.position(), length);
            content.position(content.position() + length);
            try {
                take(record);
            } catch (BufferUnderflowException | IllegalArgumentException wrong) {
                break;
            }
            end = content.position();
        }
        return end;
    }

    private void take(ByteBuffer record) {
        byte kind = record.get();
        int layer = record.getInt();
        if (kind == BOX) {
            double[] low = new double[record.remaining() / (2 * Double.BYTES)];
            double[] high = new double[low.length];
            record.asDoubleBuffer().get(low).get(high);
            boxes.put(layer, new Box(low, high));
        } else if (kind == PROOF) {
            int number = record.getInt();
            byte[] slopes = new byte[record.remaining()];
            record.get(slopes);
            proofs.put(key(layer, number), new SlopeProof(slopes));
        }
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return (int) checksum.getValue();
    }

    private static long key(int layer, int number) {
        return (long) layer << 32 | number;
    }

    /** How many boxes and multipliers were there when it was opened. */
    public int found() {
        return found;
    }

    @Override
    public synchronized Optional<Box> box(int layer) {
        return Optional.ofNullable(boxes.get(layer));
    }

    @Override
    public synchronized Optional<SlopeProof> proof(int layer, int number) {
        return Optional.ofNullable(proofs.get(key(layer, number)));
    }

    @Override
    public synchronized void keep(int layer, Box box) {
        boxes.put(layer, box);
        append(out -> {
            out.writeByte(BOX);
            out.writeInt(layer);
            for (double[] ends : new double[][] {box.low(), box.high()}) {
                for (double end : ends) {
                    out.writeDouble(end);
                }
            }
        });
    }

    @Override
    public synchronized void keep(int layer, int number, SlopeProof proof) {
        proofs.put(key(layer, number), proof);
        append(out -> {
            out.writeByte(PROOF);
            out.writeInt(layer);
            out.writeInt(number);
            out.write(proof.bytes());
        });
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private void append(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            writing.to(new DataOutputStream(bytes));
            int before = channel.position() == 0 ? head.remaining() : 0;
            ByteBuffer record = ByteBuffer.allocate(before + HEAD + bytes.size()).put(head.slice(0, before))
                    .putInt(bytes.size()).putInt(checksum(ByteBuffer.wrap(bytes.toByteArray())))
                    .put(bytes.toByteArray()).flip();
            while (record.hasRemaining()) {
                channel.write(record);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Removes the file, and gives it back only then: nothing is left to go on with. */
    public void finish() throws IOException {
        Files.deleteIfExists(file);
        channel.close();
    }

    /** Closes the file, and removes it where nothing was kept. */
    @Override
    public void close() throws IOException {
        if (channel.isOpen() && channel.size() == 0) {
            finish();
        }
        channel.close();
    }
}
