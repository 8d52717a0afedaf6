package org.reluctor.devicetests.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.stream.authentication.SensorKeyException;
import org.reluctor.stream.authentication.SensorKeys;

/** Files with a sensor's key. A refusal must not tell what is in the file. */
class SensorKeyFuzzTest {
    private static final ReaderPromise PROMISE = ReaderPromise.of(64 << 10, 0, SensorKeyException.class);

    static Stream<byte[]> seeds() {
        String key = "00112233445566778899aabbccddeeff".repeat(2);
        return Stream.of(key, key + "\n", key + "\r\n", " " + key)
                .map(text -> text.getBytes(StandardCharsets.US_ASCII));
    }

    @MethodSource("seeds")
    @FuzzTest
    void sensorKey(byte[] input) throws Exception {
        Path file = Scratch.file("sensor.key", input);
        PROMISE.read(input.length, () -> read(file, input));
    }

    private static Object read(Path file, byte[] input) throws Exception {
        try {
            return SensorKeys.read(file);
        } catch (SensorKeyException refused) {
            String content = new String(input, StandardCharsets.ISO_8859_1).strip();
            if (content.length() >= 8 && refused.getMessage().contains(content)) {
                throw new AssertionError("a refusal tells the key", refused);
            }
            throw refused;
        }
    }
}
