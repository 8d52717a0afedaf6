package org.reluctor.devicetests.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.devicetests.refusal.Cbor;
import org.reluctor.stream.codec.Frame;
import org.reluctor.stream.codec.FrameFault;
import org.reluctor.stream.codec.FrameKey;
import org.reluctor.stream.codec.FrameReader;
import org.reluctor.stream.codec.Mac0Reader;
import org.reluctor.stream.codec.Mac0Writer;

/**
 * Envelopes from anyone, and from someone who holds the sensor's key but wraps what he likes. What is opened must be,
 * byte for byte, what our own writer makes of the frame inside: there is one envelope of a frame and no other.
 */
class EnvelopeFuzzTest {
    private static final int MAC_BYTES = 32;
    private static final byte[] KEY = new byte[MAC_BYTES];
    private static final ReaderPromise PROMISE = ReaderPromise.of(8 << 10, 0);

    private final FrameKey key = new FrameKey(KEY);
    private final Mac0Reader opener = new Mac0Reader(FrameTrip.LIMITS.maxBytes());
    private final Mac0Writer writer = new Mac0Writer();
    private final FrameReader reader = new FrameReader(FrameTrip.LIMITS);
    private final FrameTrip trip = new FrameTrip();
    private final Frame frame = new Frame();

    /** One input of each way to make an envelope of it. */
    static Stream<byte[]> seeds() {
        byte[] envelope = new Mac0Writer().write(Seeds.vector("frame-s16"), Seeds.SENSOR, new FrameKey(KEY));
        byte[] body = Arrays.copyOf(envelope, envelope.length - MAC_BYTES);
        return Stream.concat(Stream.of(Cbor.join(new byte[1], envelope), Cbor.join(new byte[] {1}, body)),
                Seeds.vectors("frame-").map(plain -> Cbor.join(new byte[] {2}, plain)));
    }

    @MethodSource("seeds")
    @FuzzTest
    void envelope(byte[] input) throws Exception {
        if (input.length == 0) {
            return;
        }
        byte[] content = Arrays.copyOfRange(input, 1, input.length);
        byte[] envelope = switch (input[0] & 3) {
            case 1 -> authenticated(content);
            case 2 -> writer.write(content, Seeds.SENSOR, key);
            default -> content;
        };
        FrameFault fault = PROMISE.read(envelope.length, () -> opener.read(envelope, Seeds.SENSOR, key));
        if (fault == null) {
            checkOpened(envelope);
        } else {
            ReaderPromise.checkSentence(opener.faultDetail());
        }
    }

    /**
     * The MAC of the key's holder behind bytes that are to be the rest of the envelope: over whatever he put where the
     * frame belongs, which the fuzzer finds only where the head is as it should be.
     */
    private static byte[] authenticated(byte[] body) throws GeneralSecurityException {
        int head = Cbor.head(6, 17).length + 1 + 4 + 2 + Cbor.bytes(Seeds.SENSOR.getBytes(StandardCharsets.US_ASCII))
                .length;
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        mac.update(Cbor.join(Cbor.head(Cbor.ARRAY, 4), Cbor.text("MAC0"), Cbor.bytes(new byte[] {(byte) 0xa1, 1, 5}),
                Cbor.bytes("reluctor/v1/frame".getBytes(StandardCharsets.US_ASCII))));
        int codeHead = 2;
        int end = body.length - codeHead;
        if (end > head) {
            mac.update(body, head, end - head);
        }
        return Cbor.join(body, mac.doFinal());
    }

    private void checkOpened(byte[] envelope) throws Exception {
        int start = opener.payloadStart();
        int length = opener.payloadLength();
        byte[] plain = Arrays.copyOfRange(envelope, start, start + length);
        if (!Arrays.equals(envelope, writer.write(plain, Seeds.SENSOR, key))) {
            throw new AssertionError("an envelope was opened that is not the only one of its frame");
        }
        FrameFault fault = PROMISE.read(length, () -> reader.read(envelope, start, length, Seeds.SENSOR, frame));
        if (fault == null) {
            trip.check(frame);
        } else {
            ReaderPromise.checkSentence(reader.faultField() + ": " + reader.faultDetail());
        }
    }
}
