package org.reluctor.stream.authentication;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.zip.CRC32C;

/**
 * How far each sensor's frames were delivered, in a file that outlives the process: whoever recorded a frame cannot
 * have it computed again after a restart. Two marks a sensor are written in turn, so that one holds whatever happens
 * while the other is written. What the process wrote survives its being killed; after a loss of power the file may lack
 * the last seconds. Room for the sensors to come is written at the start: a disk that is full later meets no mark. The
 * file is locked while it is open, for two who append to it would write into each other's records.
 *
 * <p>Safe for several threads, but for {@link #close}, which comes last.
 */
public final class ReplayMarks implements AutoCloseable {
    private static final byte[] HEAD = "reluctor marks 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int NAME_BYTES = 129;
    private static final int NAME_FIELD = 1 + NAME_BYTES;
    private static final int MARK_BYTES = 2 * Long.BYTES + Integer.BYTES;
    private static final int RECORD_BYTES = NAME_FIELD + 2 * MARK_BYTES;
    private static final int ZEROS = 1 << 16;

    /** The last frame of a sensor whose signal was confirmed; both unsigned. */
    public record Mark(long boot, long seq) {
        /** Whether a frame lies beyond what was delivered. */
        public boolean isBefore(long otherBoot, long otherSeq) {
            int order = Long.compareUnsigned(boot, otherBoot);
            return order < 0 || order == 0 && Long.compareUnsigned(seq, otherSeq) < 0;
        }
    }

    private static final class Entry {
        private final long position;
        private volatile Mark mark;
        private int turn;

        private Entry(long position, Mark mark, int turn) {
            this.position = position;
            this.mark = mark;
            this.turn = turn;
        }
    }

    private final FileChannel file;
    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final ByteBuffer record = ByteBuffer.allocate(RECORD_BYTES);
    private final CRC32C checksum = new CRC32C();
    private long end;

    private ReplayMarks(FileChannel file) {
        this.file = file;
    }

    /** As {@link #open(Path, int)} without room for further sensors. */
    public static ReplayMarks open(Path path) throws IOException {
        return open(path, 0);
    }

    /**
     * The marks in a file, which is made where there is none.
     *
     * @param further sensors beside those in the file for which there is to be room, 170 bytes each
     * @throws IOException if the file cannot be read, written or locked, is open elsewhere, the disk is full, or it is
     *                     no file of marks; without its name
     */
    public static ReplayMarks open(Path path, int further) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        try {
            lock(file);
            ReplayMarks marks = new ReplayMarks(file);
            marks.load();
            marks.reserve(further);
            return marks;
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    /** Until the file is closed, or the process ends in whatever way. */
    private static void lock(FileChannel file) throws IOException {
        boolean taken;
        try {
            taken = file.tryLock() != null;
        } catch (OverlappingFileLockException ofThisProcess) {
            taken = false;
        }
        if (!taken) {
            throw new IOException("another gateway has it open; of one instance name only one may run with a state"
                    + " folder");
        }
    }

    /** How far a sensor's frames were delivered, or null where none was. */
    public Mark find(String sensor) {
        Entry entry = entries.get(sensor);
        return entry == null ? null : entry.mark;
    }

    /** Every sensor of which a frame was delivered, with the last of them. */
    public void forEach(BiConsumer<String, Mark> reader) {
        entries.forEach((sensor, entry) -> reader.accept(sensor, entry.mark));
    }

    /**
     * Marks a frame as delivered, unless one beyond it was.
     *
     * @throws IOException if the file cannot be written
     */
    public synchronized void delivered(String sensor, long boot, long seq) throws IOException {
        Entry entry = entries.get(sensor);
        if (entry == null) {
            append(sensor, new Mark(boot, seq));
        } else if (entry.mark.isBefore(boot, seq)) {
            int turn = 1 - entry.turn;
            record.clear();
            putMark(boot, seq);
            write(entry.position + NAME_FIELD + (long) turn * MARK_BYTES);
            // Only now: a mark that may be written in part is written again, and the other one stays.
            entry.turn = turn;
            entry.mark = new Mark(boot, seq);
        }
    }

    /**
     * Brings what was marked to the disk, so that it outlasts a loss of power, too.
     *
     * @throws IOException if the file cannot be written
     */
    public void force() throws IOException {
        file.force(false);
    }

    @Override
    public void close() throws IOException {
        try (file) {
            file.force(false);
        }
    }

    private void append(String sensor, Mark mark) throws IOException {
        byte[] name = sensor.getBytes(StandardCharsets.US_ASCII);
        record.clear();
        record.put((byte) name.length).put(name).position(NAME_FIELD);
        putMark(mark.boot(), mark.seq());
        // The second mark has no valid checksum yet.
        record.putLong(0).putLong(0).putInt(1);
        write(end);
        entries.put(sensor, new Entry(end, mark, 0));
        end += RECORD_BYTES;
    }

    private void putMark(long boot, long seq) {
        int start = record.position();
        record.putLong(boot).putLong(seq);
        record.putInt(checksum(start));
    }

    private int checksum(int start) {
        checksum.reset();
        checksum.update(record.array(), start, 2 * Long.BYTES);
        return (int) checksum.getValue();
    }

    private void write(long position) throws IOException {
        record.flip();
        for (long at = position; record.hasRemaining();) {
            at += file.write(record, at);
        }
    }

    private void load() throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD.length);
        if (file.size() == 0) {
            file.write(ByteBuffer.wrap(HEAD), 0);
        }
        file.read(head, 0);
        if (!Arrays.equals(head.array(), HEAD)) {
            throw new IOException("it does not begin as a file of replay marks; move it away");
        }
        end = HEAD.length;
        // A record that is not complete was being appended, for a frame that had no mark before. Others may lie behind
        // it: a power cut leaves of what was not yet on the disk whatever it likes.
        for (long at = end; at + RECORD_BYTES <= file.size(); at += RECORD_BYTES) {
            record.clear();
            while (record.hasRemaining() && file.read(record, at + record.position()) > 0) {
                // Until the record is there.
            }
            if (!isUnfinished()) {
                loadRecord(at);
                end = at + RECORD_BYTES;
            }
        }
    }

    /** Room that no sensor has taken yet, or of which a power cut left a part: its name or its end is still zero. */
    private boolean isUnfinished() {
        return record.get(0) == 0 || record.getInt(RECORD_BYTES - Integer.BYTES) == 0 && mark(0) == null;
    }

    /** Really written, for a file with a hole in it would find the disk full later. */
    private void reserve(int further) throws IOException {
        long wanted = end + (long) further * RECORD_BYTES;
        for (long at = Math.max(end, file.size()); at < wanted;) {
            at += file.write(ByteBuffer.allocate((int) Math.min(ZEROS, wanted - at)), at);
        }
    }

    private void loadRecord(long position) throws IOException {
        Mark first = mark(0);
        Mark second = mark(1);
        int length = Byte.toUnsignedInt(record.get(0));
        if (first == null && second == null || length < 1 || length > NAME_BYTES) {
            throw new IOException("the record at byte " + position + " is damaged; move the file away, and frames that "
                    + "were recorded before may come again");
        }
        boolean later = first == null || second != null && first.isBefore(second.boot(), second.seq());
        String sensor = new String(record.array(), 1, length, StandardCharsets.US_ASCII);
        entries.merge(sensor, new Entry(position, later ? second : first, later ? 1 : 0),
                (one, other) -> one.mark.isBefore(other.mark.boot(), other.mark.seq()) ? other : one);
    }

    private Mark mark(int turn) {
        int start = NAME_FIELD + turn * MARK_BYTES;
        boolean whole = record.getInt(start + 2 * Long.BYTES) == checksum(start);
        return whole ? new Mark(record.getLong(start), record.getLong(start + Long.BYTES)) : null;
    }
}
