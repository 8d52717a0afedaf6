package org.reluctor.stream.mqtt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads PUBLISH packets (MQTT 5.0, section 3.3) out of a buffer. Of the properties the content type is of interest, and
 * those of a request. A topic or content type that came before costs nothing. Confined to one thread.
 */
final class PublishParser {
    private static final int CONTENT_TYPE = 3;
    private static final int RESPONSE_TOPIC = 8;
    private static final int CORRELATION_DATA = 9;

    private final ConnectionPackets packets;
    private final TextCache topics = new TextCache(256);
    private final TextCache contentTypes = new TextCache(4);
    private byte[] buffer;
    private int position;
    private int limit;
    private String contentType;
    private String responseTopic;
    private byte[] correlationData;

    PublishParser(ConnectionPackets packets) {
        this.packets = packets;
    }

    /**
     * @param body of the packet, behind its length
     * @param head first byte of the packet
     */
    void parse(byte[] from, int body, int end, int head) throws IOException {
        buffer = from;
        position = body;
        limit = end;
        int qos = head >> 1 & 3;
        if (qos == 3) {
            throw malformed("QoS 3");
        }
        String topic = text(topics);
        int packetId = qos > 0 ? number(2) : 0;
        readProperties();
        Correspondence about = responseTopic == null && correlationData == null ? Correspondence.NONE
                : new Correspondence(responseTopic, correlationData, 0);
        packets.published(topic, Arrays.copyOfRange(buffer, position, limit), qos, packetId, contentType,
                (head & 1) != 0, about);
    }

    private void readProperties() throws IOException {
        int length = variableNumber();
        require(length);
        int end = position + length;
        contentType = null;
        responseTopic = null;
        correlationData = null;
        while (position < end) {
            int property = variableNumber();
            switch (property) {
                case CONTENT_TYPE -> contentType = text(contentTypes);
                case RESPONSE_TOPIC -> responseTopic = new String(bytes(), StandardCharsets.UTF_8);
                case CORRELATION_DATA -> correlationData = bytes();
                default -> skip(property);
            }
        }
        if (position != end) {
            throw malformed("properties that end within one");
        }
    }

    /** The properties of a PUBLISH by their sizes; an alias is none of them, because none was allowed to the broker. */
    private void skip(int property) throws IOException {
        switch (property) {
            case 1 -> number(1);
            case 2 -> number(4);
            case 11 -> variableNumber();
            case 38 -> {
                skipBytes();
                skipBytes();
            }
            default -> throw malformed("property " + property);
        }
    }

    private byte[] bytes() throws IOException {
        int length = number(2);
        require(length);
        position += length;
        return Arrays.copyOfRange(buffer, position - length, position);
    }

    private void skipBytes() throws IOException {
        int length = number(2);
        require(length);
        position += length;
    }

    private String text(TextCache cache) throws IOException {
        int length = number(2);
        require(length);
        position += length;
        return cache.text(buffer, position - length, length);
    }

    private int number(int bytes) throws IOException {
        require(bytes);
        int value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | buffer[position++] & 0xff;
        }
        return value;
    }

    private int variableNumber() throws IOException {
        int value = 0;
        for (int shift = 0; shift <= 21; shift += 7) {
            int digit = number(1);
            value |= (digit & 0x7f) << shift;
            if (digit < 0x80) {
                return value;
            }
        }
        throw malformed("a number without end");
    }

    private void require(int bytes) throws IOException {
        if (limit - position < bytes) {
            throw malformed("a length beyond its end");
        }
    }

    private static IOException malformed(String what) {
        return new IOException("the broker sent a PUBLISH with " + what);
    }

    /** Texts that came before, found by their bytes; long ones are made anew, so that they cannot fill the memory. */
    private static final class TextCache {
        private static final int MOST_BYTES = 512;

        private final byte[][] bytes;
        private final String[] texts;

        /** @param places a power of two */
        TextCache(int places) {
            bytes = new byte[places][];
            texts = new String[places];
        }

        String text(byte[] from, int offset, int length) {
            if (length > MOST_BYTES) {
                return new String(from, offset, length, StandardCharsets.UTF_8);
            }
            int hash = 1;
            for (int i = offset; i < offset + length; i++) {
                hash = 31 * hash + from[i];
            }
            int place = (hash ^ hash >>> 16) & bytes.length - 1;
            byte[] known = bytes[place];
            if (known == null || !Arrays.equals(known, 0, known.length, from, offset, offset + length)) {
                bytes[place] = Arrays.copyOfRange(from, offset, offset + length);
                texts[place] = new String(from, offset, length, StandardCharsets.UTF_8);
            }
            return texts[place];
        }
    }
}
