package org.reluctor.stream.authentication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.stream.authentication.ReplayMarks.Mark;

class ReplayMarksTest {
    private static final String LONGEST = "s".repeat(64) + "/" + "t".repeat(64);

    private static final int HEAD_BYTES = "reluctor marks 1\n".length();
    private static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("marks");
    }

    @Test
    void find_afterReopening_isTheFarthestDelivered() throws IOException {
        try (ReplayMarks marks = ReplayMarks.open(file())) {
            assertNull(marks.find("lab/a"));
            for (int seq = 0; seq < 5; seq++) {
                marks.delivered("lab/a", 7, seq);
                marks.delivered(LONGEST, -1, 2L * seq);
            }
            marks.delivered("lab/a", 7, 2);
            marks.delivered("lab/a", 6, 900);
            assertEquals(new Mark(7, 4), marks.find("lab/a"));
        }
        try (ReplayMarks marks = ReplayMarks.open(file())) {
            assertEquals(new Mark(7, 4), marks.find("lab/a"));
            assertEquals(new Mark(-1, 8), marks.find(LONGEST));
            marks.delivered("lab/a", 8, 0);
            assertEquals(new Mark(8, 0), marks.find("lab/a"));
        }
    }

    /** Of what was not yet on the disk a power cut leaves what it likes: here all but the record in the middle. */
    @Test
    void open_recordLostBeforeOthers_keepsThose() throws IOException {
        try (ReplayMarks marks = ReplayMarks.open(file())) {
            marks.delivered("lab/a", 1, 41);
            marks.delivered("lab/b", 1, 42);
            marks.delivered("lab/c", 1, 43);
        }
        byte[] bytes = Files.readAllBytes(file());
        int record = (bytes.length - HEAD_BYTES) / 3;
        Arrays.fill(bytes, HEAD_BYTES + record, HEAD_BYTES + 2 * record, (byte) 0);
        Files.write(file(), bytes);
        try (ReplayMarks marks = ReplayMarks.open(file())) {
            assertEquals(new Mark(1, 43), marks.find("lab/c"));
            assertNull(marks.find("lab/b"));
            marks.delivered("lab/b", 1, 44);
        }
        try (ReplayMarks marks = ReplayMarks.open(file())) {
            assertEquals(new Mark(1, 41), marks.find("lab/a"));
            assertEquals(new Mark(1, 44), marks.find("lab/b"));
            assertEquals(new Mark(1, 43), marks.find("lab/c"));
        }
    }

    @Test
    void open_twoRecordsOfASensor_isTheFarther() throws IOException {
        try (ReplayMarks marks = ReplayMarks.open(file())) {
            marks.delivered("lab/a", 1, 42);
            marks.delivered("lab/b", 1, 41);
        }
        byte[] bytes = Files.readAllBytes(file());
        int record = (bytes.length - HEAD_BYTES) / 2;
        bytes[HEAD_BYTES + record + "lab/b".length()] = 'a';
        Files.write(file(), bytes);
        try (ReplayMarks marks = ReplayMarks.open(file())) {
            assertEquals(new Mark(1, 42), marks.find("lab/a"));
            marks.delivered("lab/a", 1, 43);
        }
        try (ReplayMarks marks = ReplayMarks.open(file())) {
            assertEquals(new Mark(1, 43), marks.find("lab/a"));
        }
    }

    /** As another process sees it that takes over from one that was killed: nothing was closed. */
    @Test
    void find_withoutClosing_isThereAlready() throws IOException {
        ReplayMarks killed = ReplayMarks.open(file());
        killed.delivered("lab/a", 1, 41);
        killed.delivered("lab/a", 1, 42);
        // The lock of a process that was killed is gone; this one's is not.
        try (ReplayMarks marks = ReplayMarks.open(Files.copy(file(), folder.resolve("found")))) {
            assertEquals(new Mark(1, 42), marks.find("lab/a"));
        }
        killed.close();
    }

    @Test
    void open_openElsewhere_isRefusedUntilItIsClosed() throws Exception {
        try (ReplayMarks marks = ReplayMarks.open(file())) {
            marks.delivered("lab/a", 1, 41);
            Process other = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-cp", System.getProperty("java.class.path"), Opener.class.getName(), file().toString())
                    .redirectErrorStream(true).start();
            String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(other.waitFor() == 1 && said.contains("another gateway has it open"), said);
            // Last: closing the file again ends the lock that other processes see.
            String refused = assertThrows(IOException.class, () -> ReplayMarks.open(file())).getMessage();
            assertTrue(refused.contains("another gateway has it open"), refused);
        }
        try (ReplayMarks marks = ReplayMarks.open(file())) {
            assertEquals(new Mark(1, 41), marks.find("lab/a"));
        }
    }

    /** Another process. */
    static final class Opener {
        private Opener() {
        }

        public static void main(String[] arguments) throws IOException {
            ReplayMarks.open(Path.of(arguments[0])).close();
        }
    }

    /** The limit lies between the two marks of the one sensor: the second cannot be written, the first could. */
    @Test
    void delivered_markCannotBeWritten_leavesTheOtherHoweverOftenItIsTried() throws Exception {
        assumeTrue(Files.isExecutable(PRLIMIT), "no prlimit here to make a write fail");
        try (ReplayMarks marks = ReplayMarks.open(file())) {
            marks.delivered("lab/a", 1, 41);
            long middle = Files.size(file()) - 20;
            limitFiles(Long.toString(middle));
            try {
                for (int attempt = 0; attempt < 3; attempt++) {
                    assertThrows(IOException.class, () -> marks.delivered("lab/a", 1, 42));
                }
            } finally {
                limitFiles("unlimited");
            }
            assertEquals(new Mark(1, 41), marks.find("lab/a"));
            marks.delivered("lab/a", 1, 43);
        }
        try (ReplayMarks marks = ReplayMarks.open(file())) {
            assertEquals(new Mark(1, 43), marks.find("lab/a"));
        }
    }

    /** The size beyond which this process may write no file, in bytes. */
    private static void limitFiles(String size) throws IOException, InterruptedException {
        Process limit = new ProcessBuilder(PRLIMIT.toString(), "--pid", Long.toString(ProcessHandle.current().pid()),
                "--fsize=" + size + ":").inheritIO().start();
        assertEquals(0, limit.waitFor());
    }

    @Test
    void open_markCutInHalf_fallsBackToTheOneBefore() throws IOException {
        try (ReplayMarks marks = ReplayMarks.open(file())) {
            marks.delivered("lab/a", 1, 41);
            marks.delivered("lab/a", 1, 42);
        }
        byte[] bytes = Files.readAllBytes(file());
        bytes[bytes.length - 6] ^= 1;
        Files.write(file(), bytes);
        try (ReplayMarks marks = ReplayMarks.open(file())) {
            assertEquals(new Mark(1, 41), marks.find("lab/a"));
        }
    }

    @Test
    void open_recordCut_isOneThatWasNeverThere() throws IOException {
        try (ReplayMarks marks = ReplayMarks.open(file())) {
            marks.delivered("lab/a", 1, 41);
            marks.delivered("lab/b", 1, 41);
        }
        byte[] bytes = Files.readAllBytes(file());
        Files.write(file(), Arrays.copyOf(bytes, bytes.length - 30));
        try (ReplayMarks marks = ReplayMarks.open(file())) {
            assertNull(marks.find("lab/b"));
            marks.delivered("lab/b", 2, 0);
        }
        try (ReplayMarks marks = ReplayMarks.open(file())) {
            assertEquals(new Mark(2, 0), marks.find("lab/b"));
            assertEquals(new Mark(1, 41), marks.find("lab/a"));
        }
    }

    @Test
    void delivered_newSensors_takeTheRoomThatIsThere() throws IOException {
        try (ReplayMarks marks = ReplayMarks.open(file(), 3)) {
            long length = Files.size(file());
            marks.delivered("lab/a", 1, 0);
            marks.delivered("lab/b", 1, 0);
            assertEquals(length, Files.size(file()));
        }
        try (ReplayMarks marks = ReplayMarks.open(file(), 3)) {
            assertEquals(new Mark(1, 0), marks.find("lab/b"));
            long length = Files.size(file());
            for (String sensor : List.of("lab/c", "lab/d", "lab/e")) {
                marks.delivered(sensor, 1, 0);
            }
            assertEquals(length, Files.size(file()));
        }
    }

    @Test
    void open_recordThatAPowerCutLeftInPart_isOneThatWasNeverThere() throws IOException {
        try (ReplayMarks marks = ReplayMarks.open(file(), 2)) {
            marks.delivered("lab/a", 1, 41);
        }
        byte[] room = Files.readAllBytes(file());
        try (ReplayMarks marks = ReplayMarks.open(file())) {
            marks.delivered("lab/b", 1, 41);
        }
        byte[] whole = Files.readAllBytes(file());
        int start = room.length - 170;
        for (int cut = 0; cut < 170; cut++) {
            byte[] head = room.clone();
            System.arraycopy(whole, start, head, start, cut);
            Files.write(file(), head);
            assertBMarkedAnew(cut < 150);
            byte[] tail = whole.clone();
            System.arraycopy(room, start, tail, start, cut);
            Files.write(file(), tail);
            assertBMarkedAnew(cut > 0);
        }
    }

    /** The record of lab/b holds as it was, or there is none; lab/a's holds, and the file can be written. */
    private void assertBMarkedAnew(boolean cutOff) throws IOException {
        try (ReplayMarks marks = ReplayMarks.open(file())) {
            assertEquals(new Mark(1, 41), marks.find("lab/a"));
            assertEquals(cutOff ? null : new Mark(1, 41), marks.find("lab/b"));
            marks.delivered("lab/b", 2, 0);
        }
        try (ReplayMarks marks = ReplayMarks.open(file())) {
            assertEquals(new Mark(2, 0), marks.find("lab/b"));
        }
    }

    @Test
    void open_anotherFileOrADamagedOne_isRefusedByItsName() throws IOException {
        Files.writeString(file(), "replay: none\n");
        String other = assertThrows(IOException.class, () -> ReplayMarks.open(file())).getMessage();
        assertTrue(other.startsWith("it does not begin as"), other);
        Files.delete(file());
        try (ReplayMarks marks = ReplayMarks.open(file())) {
            marks.delivered("lab/a", 1, 41);
        }
        byte[] bytes = Files.readAllBytes(file());
        bytes[bytes.length - 40] ^= 1;
        Files.write(file(), bytes);
        String damaged = assertThrows(IOException.class, () -> ReplayMarks.open(file())).getMessage();
        assertTrue(damaged.contains("is damaged"), damaged);
    }
}
