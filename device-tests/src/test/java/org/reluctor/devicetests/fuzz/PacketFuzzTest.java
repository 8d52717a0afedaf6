package org.reluctor.devicetests.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.reluctor.devicetests.refusal.Cbor;
import org.reluctor.stream.Topics;
import org.reluctor.stream.mqtt.ConnectionPackets;
import org.reluctor.stream.mqtt.Correspondence;
import org.reluctor.stream.mqtt.PacketReader;

/** Bytes from a broker. However the network parts them, the same packets must come of them. */
class PacketFuzzTest {
    private static final int MOST_PACKET_BYTES = 1 << 14;
    /** The buffer, which grows to the largest packet, twice; two bytes may be a packet with objects of its own. */
    private static final ReaderPromise PROMISE = ReaderPromise.of((16 << 10) + 4 * MOST_PACKET_BYTES, 400);
    private static final Pattern SENSOR = Pattern.compile("(?!\\.{1,2}/)[A-Za-z0-9.-][A-Za-z0-9._-]{0,63}"
            + "/(?!\\.{1,2}$)[A-Za-z0-9.-][A-Za-z0-9._-]{0,63}");
    private static final Topics TOPICS = new Topics("reluctor");

    static Stream<byte[]> seeds() {
        byte[] topic = "reluctor/v1/ward3/ecg-7/frame".getBytes(StandardCharsets.US_ASCII);
        byte[] type = "application/cbor".getBytes(StandardCharsets.US_ASCII);
        byte[] properties = Cbor.join(new byte[] {3, 0, (byte) type.length}, type, new byte[] {38, 0, 1, 'k', 0, 1, 'v',
            1, 0, 2, 0, 0, 1, 0, 11, 5, 8, 0, 1, 'r', 9, 0, 2, 1, 2});
        byte[] body = Cbor.join(new byte[] {0, (byte) topic.length}, topic, new byte[] {0, 7},
                new byte[] {(byte) properties.length}, properties, new byte[] {1, 2, 3});
        byte[] publish = Cbor.join(new byte[] {0x32, (byte) body.length}, body);
        byte[] others = {0x40, 2, 0, 7, 0x40, 4, 0, 7, 0x10, 0, (byte) 0xd0, 0, 0x20, 3, 0, 0, 0};
        return Stream.of(Cbor.join(new byte[] {3}, publish, others, publish), Cbor.join(new byte[] {64}, others));
    }

    /** The first byte says how many bytes come at a time in the second of two readings. */
    @MethodSource("seeds")
    @FuzzTest
    void packet(byte[] input) throws Exception {
        if (input.length == 0) {
            return;
        }
        byte[] stream = Arrays.copyOfRange(input, 1, input.length);
        Heard whole = PROMISE.read(stream.length, () -> hear(stream, stream.length + 1));
        Heard parted = hear(stream, 1 + (input[0] & 0xff));
        if (!whole.events.equals(parted.events)) {
            throw new AssertionError(whole.events + " of the whole, " + parted.events + " of its parts");
        }
    }

    private static Heard hear(byte[] stream, int chunk) {
        Heard heard = new Heard();
        PacketReader reader = new PacketReader(new Parted(stream, chunk), MOST_PACKET_BYTES, heard);
        byte[] library = new byte[64];
        try {
            for (int count = reader.read(library, 0, 1); count > 0; count = reader.read(library, 0, library.length)) {
                heard.passed(library, count);
            }
        } catch (IOException refused) {
            ReaderPromise.checkSentence(refused.getMessage());
            heard.events.add(refused.getMessage());
        }
        heard.events.add("library " + heard.passed);
        return heard;
    }

    /** What came of a stream. */
    private static final class Heard implements ConnectionPackets {
        private final List<String> events = new ArrayList<>();
        private int passed;

        /** What the library reads comes in other portions, so only its sum is compared. */
        void passed(byte[] bytes, int count) {
            int sum = passed;
            for (int i = 0; i < count; i++) {
                sum = 31 * sum + bytes[i];
            }
            passed = sum;
        }

        @Override
        public void published(String topic, byte[] payload, int qos, int packetId, String contentType,
                boolean retained, Correspondence about) {
            String sensor = TOPICS.sensorOf(topic);
            if (sensor != null && !SENSOR.matcher(sensor).matches()) {
                throw new AssertionError("the sensor " + sensor + " of the topic " + topic);
            }
            events.add(List.of(passed, topic, Arrays.hashCode(payload), qos, packetId, contentType + "", retained,
                    about.responseTopic() + "", Arrays.hashCode(about.correlationData())).toString());
        }

        @Override
        public void heard(int byteCount) {
            // Depends on the portions.
        }

        @Override
        public void confirmed(int packetId, int reasonCode) {
            events.add(List.of(passed, packetId, reasonCode).toString());
        }
    }

    /** A stream that gives so many bytes at most at a time. */
    private static final class Parted extends ByteArrayInputStream {
        private final int chunk;

        Parted(byte[] bytes, int chunk) {
            super(bytes);
            this.chunk = chunk;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            return super.read(into, offset, Math.min(length, chunk));
        }
    }
}
