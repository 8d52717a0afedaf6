package org.reluctor.devicetests.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.devicetests.refusal.Cbor;
import org.reluctor.stream.codec.FrameKey;
import org.reluctor.stream.codec.Mac0Purpose;
import org.reluctor.stream.codec.Mac0Writer;
import org.reluctor.stream.command.CommandEnvelopes;
import org.reluctor.stream.command.CommandMessage;
import org.reluctor.stream.command.CommandRefusal;

/** Commands from anyone, and from someone who holds the key but writes what he likes. */
class CommandFuzzTest {
    private static final String GATEWAY = "plant-1/gateway-1";
    private static final byte[] KEY = new byte[FrameKey.BYTES];
    private static final ReaderPromise PROMISE = ReaderPromise.of(16 << 10, 16, CommandRefusal.class);

    private final FrameKey key = new FrameKey(KEY, Mac0Purpose.COMMAND);
    private final Mac0Writer writer = new Mac0Writer();
    private final CommandEnvelopes envelopes;

    CommandFuzzTest() throws Exception {
        Path file = Scratch.file("command.key", "00".repeat(KEY.length).getBytes(StandardCharsets.US_ASCII));
        envelopes = new CommandEnvelopes(GATEWAY, file);
    }

    static Stream<byte[]> seeds() {
        byte[] command = new CommandMessage(GATEWAY, 1_700_000_000_000L, "reload", "all").toBytes();
        byte[] envelope = new Mac0Writer().write(command, GATEWAY, new FrameKey(KEY, Mac0Purpose.COMMAND));
        return Stream.of(Cbor.join(new byte[] {0}, envelope), Cbor.join(new byte[] {1}, command));
    }

    @MethodSource("seeds")
    @FuzzTest
    void command(byte[] input) throws Exception {
        if (input.length == 0) {
            return;
        }
        byte[] content = Arrays.copyOfRange(input, 1, input.length);
        byte[] envelope = (input[0] & 1) == 0 ? content : writer.write(content, GATEWAY, key);
        CommandMessage command = PROMISE.read(envelope.length, () -> envelopes.open(envelope));
        if (command != null && !command.equals(envelopes.open(envelopes.seal(command)))) {
            throw new AssertionError("what was read and written is read as another command: " + command);
        }
    }
}
