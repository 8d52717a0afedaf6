package org.reluctor.devicetests.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.devicetests.refusal.Cbor;
import org.reluctor.opencl.device.ProgramFile;
import org.reluctor.opencl.device.ProgramFileException;
import org.reluctor.opencl.device.ProgramFileWriter;

/** Files of built programs: as they are, and with the checksum of the header made right, which anyone can. */
class ProgramFileFuzzTest {
    private static final int HEADER_LENGTH = 20;
    private static final int HEADER_HASH = 24;
    private static final int HEADER = 56;
    /** A buffer of 64 KiB, those of the file's channel; an entry of a program has some forty bytes in the file. */
    private static final ReaderPromise PROMISE = ReaderPromise.of(512 << 10, 64, ProgramFileException.class);

    static Stream<byte[]> seeds() throws IOException {
        Path file = Scratch.folder().resolve("seed-programs");
        new ProgramFileWriter(TuningFuzzTest.DEVICE, Map.of("weights", "float32"))
                .add("product", "ab".repeat(32), "-cl-std=CL1.2", "binary".getBytes(StandardCharsets.US_ASCII))
                .write(file);
        byte[] good = Files.readAllBytes(file);
        return Stream.of(Cbor.join(new byte[] {0}, good), Cbor.join(new byte[] {1}, good));
    }

    @MethodSource("seeds")
    @FuzzTest
    void programFile(byte[] input) throws Exception {
        if (input.length == 0) {
            return;
        }
        byte[] given = Arrays.copyOfRange(input, 1, input.length);
        Path file = Scratch.file("programs", (input[0] & 1) == 0 ? given : withChecksum(given));
        ProgramFile opened = PROMISE.read(given.length, () -> ProgramFile.open(file));
        if (opened != null) {
            PROMISE.read(given.length, () -> {
                opened.requireFor(TuningFuzzTest.DEVICE);
                return opened.facts();
            });
        }
    }

    private static byte[] withChecksum(byte[] given) throws GeneralSecurityException {
        if (given.length < HEADER) {
            return given;
        }
        int length = ByteBuffer.wrap(given).getInt(HEADER_LENGTH);
        if (length >= 0 && length <= given.length - HEADER) {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(Arrays.copyOfRange(given, HEADER,
                    HEADER + length));
            System.arraycopy(hash, 0, given, HEADER_HASH, hash.length);
        }
        return given;
    }
}
