package org.reluctor.devicetests.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.stream.authentication.ReplayMarks;

/** Files of replay marks, which a crash or a bad disk may have left in any state. What opens must still remember. */
class ReplayMarksFuzzTest {
    private static final ReaderPromise PROMISE = ReaderPromise.of(32 << 10, 16, IOException.class);
    private static final ReplayMarks.Mark LAST = new ReplayMarks.Mark(-1, -1);

    static Stream<byte[]> seeds() throws IOException {
        Path file = Scratch.folder().resolve("seed-marks");
        try (ReplayMarks marks = ReplayMarks.open(file)) {
            marks.delivered(Seeds.SENSOR, 1, 2);
            byte[] one = Files.readAllBytes(file);
            marks.delivered(Seeds.SENSOR, 1, 3);
            marks.delivered("ward3/ecg-8", 7, 0);
            return Stream.of(one, Files.readAllBytes(file));
        }
    }

    @MethodSource("seeds")
    @FuzzTest
    void replayMarks(byte[] input) throws Exception {
        Path file = Scratch.file("marks", input);
        ReplayMarks marks = PROMISE.read(input.length, () -> open(file, input));
        if (marks == null) {
            return;
        }
        try (marks) {
            marks.delivered(Seeds.SENSOR, LAST.boot(), LAST.seq());
        }
        try (ReplayMarks again = ReplayMarks.open(file)) {
            if (!LAST.equals(again.find(Seeds.SENSOR))) {
                throw new AssertionError("forgotten: " + again.find(Seeds.SENSOR));
            }
        }
    }

    /** A second opening must find the file as the first did, not as that may have left it open. */
    private static ReplayMarks open(Path file, byte[] input) throws IOException {
        Files.write(file, input);
        return ReplayMarks.open(file);
    }
}
