package org.reluctor.stream.mqtt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketReaderTest {
    private static final int MOST = 1 << 16;
    private static final byte[] CONNACK = {0x20, 3, 0, 0, 0};
    private static final byte[] PINGRESP = {(byte) 0xd0, 0};

    private final Recorder recorder = new Recorder();

    @Test
    void read_streamCutAnywhereByTimeouts_partsPacketsAllTheSame() throws IOException {
        byte[] stream = concat(CONNACK, publish("a/frame", 1, 7, new byte[300]), puback(0x4001, 0x10), PINGRESP,
                publish("b/frame", 0, 0, new byte[] {1, 2, 3}), puback(0x4002, 0), CONNACK);
        for (int step = 1; step <= stream.length; step++) {
            recorder.heard.clear();
            PacketReader reader = new PacketReader(new Stuttering(stream, step), MOST, recorder);

            assertArrayEquals(concat(CONNACK, PINGRESP, CONNACK), readAll(reader));
            assertEquals(List.of("a/frame 1 7 300 application/cbor", "16385 16", "b/frame 0 0 3 application/cbor",
                    "16386 0"), recorder.heard);
        }
    }

    @Test
    void read_packetOfTheLargestSize_isTaken() throws IOException {
        byte[] packet = publish("a/frame", 1, 7, new byte[20_000]);

        assertEquals(0, readAll(new PacketReader(new ByteArrayInputStream(packet), packet.length, recorder)).length);
        assertEquals(List.of("a/frame 1 7 20000 application/cbor"), recorder.heard);
        PacketReader narrow = new PacketReader(new ByteArrayInputStream(packet), packet.length - 1, recorder);
        assertTrue(assertThrows(IOException.class, narrow::read).getMessage().contains("at most"));
    }

    @Test
    void read_topicThatCameBefore_isTheSameText() throws IOException {
        byte[] one = publish("a/frame", 1, 7, new byte[1]);

        readAll(new PacketReader(new ByteArrayInputStream(concat(one, one)), MOST, recorder));

        assertSame(recorder.topics.get(0), recorder.topics.get(1));
    }

    @Test
    void read_packetsPastTheLibrary_areHeardAsSignsOfLife() throws IOException {
        byte[] stream = concat(publish("a/frame", 1, 7, new byte[300]), puback(0x4001, 0), PINGRESP);

        readAll(new PacketReader(new Stuttering(stream, 5), MOST, recorder));

        assertEquals(stream.length, recorder.bytes);
    }

    @Test
    void read_longTopics_areNotKept() throws IOException {
        byte[] longOne = publish("a/" + "x".repeat(2000), 1, 7, new byte[1]);

        readAll(new PacketReader(new ByteArrayInputStream(concat(longOne, longOne)), MOST, recorder));

        assertEquals(recorder.topics.get(0), recorder.topics.get(1));
        assertNotSame(recorder.topics.get(0), recorder.topics.get(1));
    }

    /** Of an older subscription in the same session; to end the connection would have it come again for ever. */
    @Test
    void read_publishOfQos2_isHandedOnAsSuch() throws IOException {
        byte[] packet = packet(0x34, new byte[] {0, 1, 't', 0, 9, 0, 42});

        readAll(new PacketReader(new ByteArrayInputStream(packet), MOST, recorder));

        assertEquals(List.of("t 2 9 1 null"), recorder.heard);
    }

    @Test
    void read_publishOfQos3_endsTheConnection() {
        byte[] packet = packet(0x36, new byte[] {0, 1, 't', 0, 9, 0, 42});
        PacketReader reader = new PacketReader(new ByteArrayInputStream(packet), MOST, recorder);

        assertTrue(assertThrows(IOException.class, reader::read).getMessage().contains("QoS 3"));
        assertEquals(List.of(), recorder.heard);
    }

    @Test
    void read_everyOtherProperty_isPassedOver() throws IOException {
        byte[] properties = {1, 0, 2, 0, 0, 0, 60, 8, 0, 1, 'r', 9, 0, 2, 5, 6, 11, (byte) 0x81, 1, 38, 0, 1, 'k', 0, 1,
            'v', 3, 0, 1, 'c'};
        byte[] body = concat(new byte[] {0, 1, 't', 0, 9, (byte) properties.length}, properties, new byte[] {42});

        readAll(new PacketReader(new ByteArrayInputStream(packet(0x32, body)), MOST, recorder));

        assertEquals(List.of("t 1 9 1 c"), recorder.heard);
    }

    @ParameterizedTest
    @CsvSource({"000174000104", "0005", "00017400", "0001740001028001", "000174000103230001", "00017400010903ffff",
        "00017400010203ff", "00017400018080808001"})
    void read_malformedPublish_endsTheConnection(String hex) {
        byte[] body = new byte[hex.length() / 2];
        for (int i = 0; i < body.length; i++) {
            body[i] = (byte) Integer.parseInt(hex.substring(2 * i, 2 * i + 2), 16);
        }
        PacketReader reader = new PacketReader(new ByteArrayInputStream(packet(0x32, body)), MOST, recorder);

        String message = assertThrows(IOException.class, reader::read).getMessage();
        assertTrue(message.startsWith("the broker sent a PUBLISH with "), message);
        assertEquals(List.of(), recorder.heard);
    }

    @Test
    void read_lengthWithoutEnd_endsTheConnection() {
        byte[] stream = {0x30, -1, -1, -1, -1, 1};
        assertThrows(IOException.class, new PacketReader(new ByteArrayInputStream(stream), MOST, recorder)::read);
    }

    @Test
    void writer_publishAndAcknowledge_areWhatTheReaderReads() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PacketWriter writer = new PacketWriter(out);
        writer.write(CONNACK, 0, 3);
        writer.publish(OutboundMessage.cbor("a/signal", new byte[70_000]), 0x4003);
        writer.write(CONNACK, 3, 2);
        writer.flush();
        writer.publish(OutboundMessage.json("a/status", new byte[5], 0, true), 0);
        writer.acknowledge(0xfedc);

        byte[] passed = readAll(new PacketReader(new ByteArrayInputStream(out.toByteArray()), 1 << 20, recorder));

        assertArrayEquals(CONNACK, passed);
        assertEquals(List.of("a/signal 1 16387 70000 application/cbor", "a/status 0 0 5 application/json", "65244 0"),
                recorder.heard);
    }

    private static byte[] readAll(PacketReader reader) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] piece = new byte[3];
        for (int count = 0; count >= 0;) {
            try {
                count = reader.read(piece, 0, piece.length);
                all.write(piece, 0, Math.max(0, count));
            } catch (SocketTimeoutException e) {
                // The library reads on, too.
                count = 0;
            }
        }
        return all.toByteArray();
    }

    private static byte[] publish(String topic, int qos, int packetId, byte[] payload) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OutboundMessage message = new OutboundMessage(topic, payload, qos, false, OutboundMessage.CBOR, false);
        new PacketWriter(out).publish(message, packetId);
        return out.toByteArray();
    }

    private static byte[] puback(int packetId, int reason) {
        return packet(0x40, new byte[] {(byte) (packetId >>> 8), (byte) packetId, (byte) reason});
    }

    private static byte[] packet(int head, byte[] body) {
        return concat(new byte[] {(byte) head, (byte) body.length}, body);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    /** Brings a few bytes, then a time limit passes, and so on. */
    private static final class Stuttering extends InputStream {
        private final byte[] bytes;
        private final int step;
        private int at;
        private boolean late;

        Stuttering(byte[] bytes, int step) {
            this.bytes = bytes;
            this.step = step;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            late = !late;
            if (late) {
                throw new SocketTimeoutException();
            }
            int count = Math.min(Math.min(step, length), bytes.length - at);
            System.arraycopy(bytes, at, into, offset, count);
            at += count;
            return count == 0 ? -1 : count;
        }
    }

    private static final class Recorder implements ConnectionPackets {
        private final List<String> heard = new ArrayList<>();
        private final List<String> topics = new ArrayList<>();
        private int bytes;

        @Override
        public void published(String topic, byte[] payload, int qos, int packetId, String contentType,
                boolean retained, Correspondence about) {
            topics.add(topic);
            heard.add(topic + " " + qos + " " + packetId + " " + payload.length + " " + contentType);
        }

        @Override
        public void heard(int byteCount) {
            bytes += byteCount;
        }

        @Override
        public void confirmed(int packetId, int reasonCode) {
            heard.add(packetId + " " + reasonCode);
        }
    }
}
