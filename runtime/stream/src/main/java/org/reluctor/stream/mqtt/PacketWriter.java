package org.reluctor.stream.mqtt;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a connection sends: the client library's packets, which it writes here and flushes one by one, and between them
 * PUBLISH, PUBACK and PUBREC, written at once by the thread that has them. Safe for several threads. A call waits only
 * while the socket's own buffer is full, and not beyond the keep-alive, at which the library closes the socket.
 */
final class PacketWriter extends OutputStream {
    private static final int LARGE_BYTES = 1 << 16;
    private static final int HEAD_BYTES_AT_MOST = 16;

    private final OutputStream out;
    private byte[] packet = new byte[512];
    private int length;
    private byte[] ofLibrary = new byte[512];
    private int ofLibraryLength;

    PacketWriter(OutputStream out) {
        this.out = out;
    }

    /** A PUBLISH (MQTT 5.0, section 3.3); the packet id is of no account at QoS 0. */
    synchronized void publish(OutboundMessage message, int packetId) throws IOException {
        byte[] payload = message.payload();
        byte[] topic = message.topic().getBytes(StandardCharsets.UTF_8);
        byte[] contentType = message.contentType() == null ? null
                : message.contentType().getBytes(StandardCharsets.UTF_8);
        Correspondence about = message.about();
        byte[] responseTopic = about.responseTopic() == null ? null
                : about.responseTopic().getBytes(StandardCharsets.UTF_8);
        int properties = (message.utf8() ? 2 : 0) + (about.expirySeconds() == 0 ? 0 : 5) + sizeOf(contentType)
                + sizeOf(responseTopic) + sizeOf(about.correlationData());
        int digits = properties < 0x80 ? 1 : properties < 0x4000 ? 2 : 3;
        int body = 2 + topic.length + (message.qos() > 0 ? 2 : 0) + digits + properties;
        length = 0;
        reserve(body + HEAD_BYTES_AT_MOST);
        put(PacketType.PUBLISH << 4 | message.qos() << 1 | (message.retained() ? 1 : 0));
        putVariable(body + payload.length);
        putText(topic);
        if (message.qos() > 0) {
            putShort(packetId);
        }
        putVariable(properties);
        if (message.utf8()) {
            putShort(0x0101);
        }
        if (about.expirySeconds() > 0) {
            put(2);
            putShort(about.expirySeconds() >>> 16);
            putShort(about.expirySeconds());
        }
        putProperty(3, contentType);
        putProperty(8, responseTopic);
        putProperty(9, about.correlationData());
        send(payload);
    }

    private static int sizeOf(byte[] content) {
        return content == null ? 0 : 3 + content.length;
    }

    private void putProperty(int property, byte[] content) {
        if (content != null) {
            put(property);
            putText(content);
        }
    }

    /** A PUBACK of success (MQTT 5.0, section 3.4). */
    synchronized void acknowledge(int packetId) throws IOException {
        answer(PacketType.PUBACK, packetId);
    }

    /** A PUBREC of success (MQTT 5.0, section 3.5); the library answers the PUBREL that follows. */
    synchronized void receive(int packetId) throws IOException {
        answer(PacketType.PUBREC, packetId);
    }

    private void answer(int type, int packetId) throws IOException {
        length = 0;
        putShort(type << 12 | 2);
        putShort(packetId);
        out.write(packet, 0, length);
    }

    private void send(byte[] payload) throws IOException {
        boolean together = payload.length <= LARGE_BYTES;
        if (together) {
            reserve(length + payload.length);
            System.arraycopy(payload, 0, packet, length, payload.length);
            length += payload.length;
        }
        out.write(packet, 0, length);
        if (!together) {
            out.write(payload);
        }
    }

    private void put(int value) {
        packet[length++] = (byte) value;
    }

    private void putShort(int value) {
        put(value >>> 8);
        put(value);
    }

    private void putVariable(int value) {
        int rest = value;
        for (; rest > 0x7f; rest >>>= 7) {
            put(rest & 0x7f | 0x80);
        }
        put(rest);
    }

    private void putText(byte[] text) {
        putShort(text.length);
        System.arraycopy(text, 0, packet, length, text.length);
        length += text.length;
    }

    private void reserve(int bytes) {
        if (packet.length < bytes) {
            packet = Arrays.copyOf(packet, Math.max(bytes, 2 * packet.length));
        }
    }

    @Override
    public synchronized void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] from, int offset, int count) {
        if (ofLibrary.length < ofLibraryLength + count) {
            ofLibrary = Arrays.copyOf(ofLibrary, Math.max(ofLibraryLength + count, 2 * ofLibrary.length));
        }
        System.arraycopy(from, offset, ofLibrary, ofLibraryLength, count);
        ofLibraryLength += count;
    }

    /** Sends what the library wrote, a whole packet. */
    @Override
    public synchronized void flush() throws IOException {
        int count = ofLibraryLength;
        ofLibraryLength = 0;
        out.write(ofLibrary, 0, count);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
