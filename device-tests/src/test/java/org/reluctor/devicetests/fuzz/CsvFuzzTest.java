package org.reluctor.devicetests.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.learn.data.Channel;
import org.reluctor.learn.data.DataFolder;
import org.reluctor.learn.data.DataFormatException;
import org.reluctor.learn.data.DataKind;
import org.reluctor.learn.data.Recording;

/** Recordings as columns of a text: whatever is read is finite. */
class CsvFuzzTest {
    private static final ReaderPromise PROMISE = ReaderPromise.of(1 << 20, 4000, DataFormatException.class);

    static Stream<byte[]> seeds() {
        return Stream.of("x [m/s2],timestamp,label\n-1.5e1,1657533977000,A\n.5,1657533977010,B\n", "1;2\r\n\r\n3;4",
                "\"a\"\tb\n1\tNaN\n").map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void csv(byte[] input) throws Exception {
        Path file = Scratch.file("given.csv", input);
        Recording recording = PROMISE.read(input.length,
                () -> DataFolder.open(file, DataKind.CSV).recording("given"));
        if (recording == null) {
            return;
        }
        for (Channel channel : recording.channels()) {
            for (float sample : channel.samples()) {
                if (!Float.isFinite(sample)) {
                    throw new AssertionError("a sample of " + sample);
                }
            }
        }
    }
}
