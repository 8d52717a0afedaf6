package org.reluctor.devicetests.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.learn.data.DataFolder;
import org.reluctor.learn.data.DataFormatException;
import org.reluctor.learn.data.DataKind;
import org.reluctor.learn.data.Recording;

/** Recordings as sound. */
class WavFuzzTest {
    private static final ReaderPromise PROMISE = ReaderPromise.of(4 << 20, 1000, DataFormatException.class);

    static Stream<byte[]> seeds() throws IOException {
        return Stream.of(sound(8, 1), sound(16, 2), sound(24, 1));
    }

    private static byte[] sound(int bits, int channels) throws IOException {
        AudioFormat format = new AudioFormat(100, bits, channels, bits > 8, false);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        AudioSystem.write(new AudioInputStream(new ByteArrayInputStream(new byte[12]), format,
                12 / format.getFrameSize()), AudioFileFormat.Type.WAVE, out);
        return out.toByteArray();
    }

    @MethodSource("seeds")
    @FuzzTest
    void wav(byte[] input) throws Exception {
        Path file = Scratch.file("given.wav", input);
        Recording recording = PROMISE.read(input.length,
                () -> DataFolder.open(file, DataKind.WAV).recording("given"));
        if (recording != null && recording.length() == 0) {
            throw new AssertionError("no sample and no refusal");
        }
    }
}
