package org.reluctor.devicetests.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.network.NetworkFormatException;
import org.reluctor.network.Npy;

/** Arrays in files. What was read is written, and must be read as the same. */
class NpyFuzzTest {
    /** A chunk of 64 KiB, a header that is matched as a text, and the hooks of the fuzzer in it. */
    private static final ReaderPromise PROMISE = ReaderPromise.of(1 << 20, 64, NetworkFormatException.class);

    static Stream<byte[]> seeds() throws IOException {
        Path file = Scratch.file("seed.npy", new byte[0]);
        Npy.write(file, new float[] {1, -2.5f, Float.NaN, 0, 1e-40f, 7}, 2, 3);
        byte[] floats = Files.readAllBytes(file);
        byte[] bytes = new String(floats, 0, 128, StandardCharsets.ISO_8859_1).replace("<f4", "|u1")
                .concat("abcdef").getBytes(StandardCharsets.ISO_8859_1);
        return Stream.of(floats, bytes);
    }

    @MethodSource("seeds")
    @FuzzTest
    void npy(byte[] input) throws Exception {
        Path file = Scratch.file("given.npy", input);
        Npy.FloatArray array = PROMISE.read(input.length, () -> Npy.read(file));
        if (array == null) {
            return;
        }
        Path written = Scratch.file("written.npy", new byte[0]);
        Npy.write(written, array);
        Npy.FloatArray again = Npy.read(written);
        if (!Arrays.equals(array.shape(), again.shape()) || !Arrays.equals(array.data(), again.data())) {
            throw new AssertionError("what was read and written is read as another array");
        }
    }
}
