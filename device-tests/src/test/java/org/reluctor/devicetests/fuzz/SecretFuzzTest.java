package org.reluctor.devicetests.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.app.Failure;
import org.reluctor.app.configuration.Secret;

/** Files with a password or a token: their first line, and nothing of it in a message. */
class SecretFuzzTest {
    private static final ReaderPromise PROMISE = ReaderPromise.of(64 << 10, 16, Failure.class);

    static Stream<byte[]> seeds() {
        return Stream.of("secret", "secret\n", "geheim ü\r\nnext").map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("seeds")
    @FuzzTest
    void secret(byte[] input) throws Exception {
        Path file = Scratch.file("secret", input);
        char[] secret = PROMISE.read(input.length, () -> Secret.read(file));
        if (secret != null) {
            String text = new String(input, StandardCharsets.UTF_8);
            String wanted = text.split("[\r\n]", 2)[0];
            if (!wanted.equals(new String(secret))) {
                throw new AssertionError("another secret than the first line");
            }
        }
    }
}
