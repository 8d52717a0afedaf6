package org.reluctor.devicetests.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.app.Failure;
import org.reluctor.app.trust.NetworkVersions;
import org.reluctor.devicetests.refusal.Cbor;

/** Files of the versions that were in use: as they are, and with the checksum made right. */
class NetworkVersionsFuzzTest {
    private static final ReaderPromise PROMISE = ReaderPromise.of(128 << 10, 64, Failure.class);

    static Stream<byte[]> seeds() {
        byte[] text = ("reluctor network versions 1\n12 " + "0a".repeat(32) + " ecg.onnx\n")
                .getBytes(StandardCharsets.US_ASCII);
        return Stream.of(Cbor.join(new byte[] {1}, text), Cbor.join(new byte[] {0}, withChecksum(text)));
    }

    @MethodSource("seeds")
    @FuzzTest
    void networkVersions(byte[] input) throws Exception {
        if (input.length == 0) {
            return;
        }
        byte[] given = Arrays.copyOfRange(input, 1, input.length);
        Path file = Scratch.file("versions", (input[0] & 1) == 0 ? given : withChecksum(given));
        PROMISE.read(given.length, () -> NetworkVersions.read(file));
    }

    private static byte[] withChecksum(byte[] given) {
        CRC32C checksum = new CRC32C();
        checksum.update(given);
        return Cbor.join(given, String.format("crc32c %08x\n", checksum.getValue())
                .getBytes(StandardCharsets.US_ASCII));
    }
}
