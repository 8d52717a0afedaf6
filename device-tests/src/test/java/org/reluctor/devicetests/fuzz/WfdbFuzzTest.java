package org.reluctor.devicetests.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.learn.data.DataFormatException;
import org.reluctor.learn.data.Recording;
import org.reluctor.learn.data.WfdbRecord;
import org.reluctor.learn.data.WfdbSignal;
import org.reluctor.learn.data.Windows;

/** Recordings: a header and the signal file that it names. */
class WfdbFuzzTest {
    private static final ReaderPromise PROMISE = ReaderPromise.of(512 << 10, 200, DataFormatException.class);

    static Stream<byte[]> seeds() {
        return Stream.of(
                record("r 2 360 4\nr.dat 212 200(1024)/mV 11 1024 995 0 0 MLII\nr.dat 212 200 11 1024 1011 0 0 V5\n"),
                record("# a comment\r\nr 1 360/360(0) 6 12:00:00\r\nr.dat 16+0 1000.5/uV 16 0 0\r\n"),
                record("r 1\nr.dat 16x1:0\n"));
    }

    private static byte[] record(String header) {
        return Seeds.joined(header.getBytes(StandardCharsets.US_ASCII), new byte[12]);
    }

    @MethodSource("seeds")
    @FuzzTest
    void wfdb(byte[] input) throws Exception {
        byte[][] files = Seeds.parts(input, 2);
        Path header = Scratch.file("r.hea", files[0]);
        Scratch.file("r.dat", files[1]);
        WfdbRecord record = PROMISE.read(input.length, () -> WfdbRecord.read(header));
        if (record == null) {
            return;
        }
        for (WfdbSignal signal : record.signals()) {
            if (!Double.isFinite(signal.gain()) || signal.gain() == 0) {
                throw new AssertionError("a gain of " + signal.gain());
            }
        }
        ReaderPromise.of(512 << 10, 200, DataFormatException.class)
                .read(input.length, () -> Windows.of(Recording.of(record), record.signals().size() - 1, 2, 1));
    }
}
