package org.reluctor.app.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.reluctor.opencl.file.AtomicFile;
import org.reluctor.opencl.file.Sha256;
import org.reluctor.opencl.pace.Pace;

/**
 * The programs in PoCL's own cache, checked before PoCL may load them: it checks nothing, and a file that a power cut
 * left empty or cut off takes the process with it, again at every start. Files that were there when all went well are
 * known by their SHA-256, others must at least be whole by their own header. A program with a damaged file is deleted,
 * and PoCL makes it anew. One thread.
 */
final class PoclPrograms {
    private static final String RECORD = "pocl-programs.sha256";
    private static final String USED = "last_accessed";
    /** File systems round times. */
    private static final long SLACK_MS = 2000;

    /** What was read, by file. */
    private static final Map<Path, Read> READ = new ConcurrentHashMap<>();

    private final Path cache;
    private final Optional<Path> record;
    private final long openedMs = System.currentTimeMillis();
    private final Map<String, String> known = new HashMap<>();
    private int deleted;

    /**
     * @param cache PoCL's, there or not
     * @param own   folder where what is known of it is kept; empty: nothing is
     */
    PoclPrograms(Path cache, Optional<Path> own) {
        this.cache = cache;
        this.record = own.map(folder -> folder.resolve(RECORD));
        record.filter(Files::isRegularFile).ifPresent(this::load);
    }

    /** A record that was damaged itself must not condemn what is whole: its first line is the SHA-256 of the rest. */
    private void load(Path file) {
        try {
            String[] parts = Files.readString(file, StandardCharsets.ISO_8859_1).split("\n", 2);
            if (parts.length == 2 && parts[0].equals(digest(parts[1].getBytes(StandardCharsets.ISO_8859_1)))) {
                parts[1].lines().map(line -> line.split(" ", 2)).forEach(words -> known.put(words[1], words[0]));
            }
        } catch (IOException e) {
            // Not readable: headers alone are checked.
        }
    }

    /** Deletes the programs that are damaged. */
    void mend() {
        for (Path program : programs()) {
            Pace.rest();
            if (!files(program).stream().allMatch(this::isWhole)) {
                delete(program);
                deleted++;
            }
        }
    }

    /** What {@link #mend} had to do, if anything. */
    Optional<String> remark() {
        return deleted == 0 ? Optional.empty() : Optional.of(cache + ": " + deleted + (deleted == 1 ? " program was"
                : " programs were") + " damaged, as by a power cut, and deleted; PoCL makes them anew");
    }

    /** Whether all is there that was there when all went well, so that nothing has to be written. */
    boolean isComplete() {
        return !known.isEmpty() && known.keySet().stream().allMatch(name -> Files.isRegularFile(cache.resolve(name)));
    }

    /** Remembers the programs that were used since: all went well with them. What cannot be kept costs only a check. */
    void remember() {
        if (record.isEmpty()) {
            return;
        }
        Map<String, String> used = new TreeMap<>();
        for (Path program : programs()) {
            Pace.rest();
            if (isUsedNow(program)) {
                files(program).forEach(file -> used.put(nameOf(file), digest(file)));
            }
        }
        if (used.equals(known)) {
            return;
        }
        StringBuilder lines = new StringBuilder();
        used.forEach((name, digest) -> lines.append(digest).append(' ').append(name).append('\n'));
        String sum = digest(lines.toString().getBytes(StandardCharsets.ISO_8859_1));
        try {
            AtomicFile.write(record.get(), (sum + '\n' + lines).getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            // The disk is full, say: the next start checks headers alone.
        }
    }

    private record Read(long size, FileTime modified, String digest) {
    }

    private boolean isUsedNow(Path program) {
        try {
            return Files.getLastModifiedTime(program.resolve(USED)).toMillis() >= openedMs - SLACK_MS;
        } catch (IOException e) {
            return false;
        }
    }

    /** Folders two levels down: the first letters of a hash, and the rest. */
    private List<Path> programs() {
        List<Path> found = new ArrayList<>();
        for (Path letters : list(cache)) {
            Pace.rest();
            list(letters).stream().filter(Files::isDirectory).forEach(found::add);
        }
        return found;
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    private static List<Path> files(Path program) {
        try (Stream<Path> files = Files.walk(program)) {
            return files.filter(file -> file.toString().endsWith(".so") || file.toString().endsWith(".bc")).toList();
        } catch (IOException | UncheckedIOException e) {
            // Another process deletes here.
            return List.of();
        }
    }

    private boolean isWhole(Path file) {
        String expected = known.get(nameOf(file));
        if (expected != null) {
            return expected.equals(digest(file));
        }
        try (FileChannel channel = FileChannel.open(file)) {
            ByteBuffer head = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
            while (head.hasRemaining() && channel.read(head) > 0) {
                // Until the head is there.
            }
            return file.toString().endsWith(".bc") ? isBitcode(head, channel.size()) : isElf(head, channel.size());
        } catch (IOException e) {
            return false;
        }
    }

    /** LLVM's bitcode is a stream of 32-bit words that begins with "BC" C0 DE. */
    private static boolean isBitcode(ByteBuffer head, long length) {
        return head.position() >= 4 && head.getInt(0) == 0xDEC04342 && length % 4 == 0;
    }

    /** The table of sections stands at the end of what a linker writes. */
    private static boolean isElf(ByteBuffer head, long length) {
        if (head.position() < 64 || head.getInt(0) != 0x464C457F) {
            return false;
        }
        boolean wide = head.get(4) == 2;
        long table = wide ? head.getLong(0x28) : Integer.toUnsignedLong(head.getInt(0x20));
        int entry = head.getShort(wide ? 0x3A : 0x2E);
        int entries = Short.toUnsignedInt(head.getShort(wide ? 0x3C : 0x30));
        return table >= 0 && table + (long) entry * entries <= length;
    }

    /** Read once for as long as it is not written: networks are exchanged beside a stream that needs the processor. */
    private static String digest(Path file) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            Read known = READ.get(file);
            if (known == null || known.size != now.size() || !known.modified.equals(now.lastModifiedTime())) {
                known = new Read(now.size(), now.lastModifiedTime(), digest(Files.readAllBytes(file)));
                READ.put(file, known);
            }
            return known.digest;
        } catch (IOException e) {
            READ.remove(file);
            return "unreadable";
        }
    }

    private static String digest(byte[] bytes) {
        return HexFormat.of().formatHex(Sha256.of(bytes));
    }

    private String nameOf(Path file) {
        return cache.relativize(file).toString();
    }

    private static void delete(Path program) {
        try (Stream<Path> files = Files.walk(program)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // Another process deletes here too; or it is not ours, and PoCL says what becomes of it.
        }
    }
}
