package org.reluctor.devicetests.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.app.Failure;
import org.reluctor.app.trust.MinisignKeys;

/** Files of public keys, by which networks are trusted. */
class MinisignKeysFuzzTest {
    private static final ReaderPromise PROMISE = ReaderPromise.of(256 << 10, 256, Failure.class);

    static Stream<byte[]> seeds() {
        String key = new NetworkSigner().publicKey();
        return Stream.of(key, "# old\n" + key + key).map(text -> text.getBytes(StandardCharsets.US_ASCII));
    }

    @MethodSource("seeds")
    @FuzzTest
    void minisignKeys(byte[] input) throws Exception {
        Path file = Scratch.file("keys.pub", input);
        MinisignKeys keys = PROMISE.read(input.length, () -> MinisignKeys.read(file));
        if (keys != null && keys.names().isEmpty()) {
            throw new AssertionError("a file without a key was taken");
        }
    }
}
