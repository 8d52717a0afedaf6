package org.reluctor.stream.authentication;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reluctor.stream.authentication.ReplayMarks.Mark;

class ReplayMarksTest {
    private static final String LONGEST = "s".repeat(64) + "/" + "t".repeat(64);

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

    /** As another process sees it that takes over from one that was killed: nothing was closed. */
    @Test
    void find_withoutClosing_isThereAlready() throws IOException {
        ReplayMarks killed = ReplayMarks.open(file());
        killed.delivered("lab/a", 1, 41);
        killed.delivered("lab/a", 1, 42);
        try (ReplayMarks marks = ReplayMarks.open(file())) {
            assertEquals(new Mark(1, 42), marks.find("lab/a"));
        }
        killed.close();
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
