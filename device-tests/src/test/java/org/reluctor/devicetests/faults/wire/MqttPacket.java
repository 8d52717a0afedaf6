package org.reluctor.devicetests.faults.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One MQTT 5 control packet with all its bytes. Immutable as long as nobody writes into {@link #bytes}. */
public final class MqttPacket {
    private static final int MOST_LENGTH_BYTES = 4;

    private final byte[] bytes;
    private final int body;

    private MqttPacket(byte[] bytes, int body) {
        this.bytes = bytes;
        this.body = body;
    }

    /** The next packet of a stream; null at its end between two packets. */
    public static MqttPacket read(InputStream in) throws IOException {
        int first = in.read();
        if (first < 0) {
            return null;
        }
        byte[] head = new byte[1 + MOST_LENGTH_BYTES];
        head[0] = (byte) first;
        int at = 1;
        int length = 0;
        do {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the stream ends inside a packet");
            }
            head[at] = (byte) next;
            length |= (next & 127) << 7 * (at - 1);
            at++;
        } while (head[at - 1] < 0 && at <= MOST_LENGTH_BYTES);
        byte[] all = Arrays.copyOf(head, at + length);
        if (in.readNBytes(all, at, length) < length) {
            throw new EOFException("the stream ends inside a packet");
        }
        return new MqttPacket(all, at);
    }

    /** A packet of that first byte and body. */
    static MqttPacket of(int firstByte, byte[] body) {
        PacketBytes all = new PacketBytes().octet(firstByte).number(body.length);
        int start = all.size();
        return new MqttPacket(all.raw(body).toArray(), start);
    }

    public PacketType type() {
        return PacketType.of(bytes[0]);
    }

    /** As on the wire; not a copy. */
    public byte[] bytes() {
        return bytes;
    }

    /** 0 where a PUBLISH is of QoS 0. */
    public int packetId() {
        if (type() != PacketType.PUBLISH) {
            return word(body);
        }
        return qos() == 0 ? 0 : word(body + 2 + word(body));
    }

    int qos() {
        return bytes[0] >> 1 & 3;
    }

    /** Of a PUBLISH. */
    public String topic() {
        return new String(bytes, body + 2, word(body), StandardCharsets.UTF_8);
    }

    /** Of a PUBLISH, a copy. */
    public byte[] payload() {
        int at = body + 2 + word(body) + (qos() == 0 ? 0 : 2);
        return Arrays.copyOfRange(bytes, skipProperties(at), bytes.length);
    }

    /** Of a CONNACK, PUBACK or DISCONNECT; 0 where it is left out. */
    public int reasonCode() {
        int at = switch (type()) {
            case CONNACK -> body + 1;
            case PUBACK -> body + 2;
            default -> body;
        };
        return at < bytes.length ? bytes[at] & 0xFF : 0;
    }

    /** Of the last topic filter of a SUBACK. */
    int lastReasonCode() {
        return bytes[bytes.length - 1] & 0xFF;
    }

    /** Of a CONNACK. */
    public boolean sessionPresent() {
        return (bytes[body] & 1) == 1;
    }

    /** Of a CONNACK: the value of a property of two bytes; the default where the broker leaves it out. */
    int property(int number, int whereAbsent) {
        int at = body + 2;
        for (int i = skipLength(at); i < skipProperties(at); i += 1 + ConnackProperty.sizeAt(bytes, i)) {
            if ((bytes[i] & 0xFF) == number) {
                return word(i + 1);
            }
        }
        return whereAbsent;
    }

    /** A CONNACK like this one with further properties, which must not stand in it already. */
    MqttPacket withProperties(byte[] further) {
        int at = body + 2;
        int start = skipLength(at);
        int length = skipProperties(at) - start;
        byte[] present = Arrays.copyOfRange(bytes, start, start + length);
        PacketBytes changed = new PacketBytes().octet(bytes[body]).octet(bytes[body + 1]);
        return of(bytes[0], changed.number(length + further.length).raw(present).raw(further).toArray());
    }

    /** A CONNACK like this one without the property, which is of {@code size} bytes behind its number. */
    MqttPacket withoutProperty(int number, int size) {
        int at = body + 2;
        PacketBytes kept = new PacketBytes();
        for (int i = skipLength(at); i < skipProperties(at);) {
            int next = i + 1 + ConnackProperty.sizeAt(bytes, i);
            if ((bytes[i] & 0xFF) != number) {
                kept.raw(Arrays.copyOfRange(bytes, i, next));
            } else if (next - i - 1 != size) {
                throw new IllegalArgumentException("property " + number + " has " + (next - i - 1) + " bytes");
            }
            i = next;
        }
        PacketBytes changed = new PacketBytes().octet(bytes[body]).octet(bytes[body + 1]);
        return of(bytes[0], changed.number(kept.size()).raw(kept.toArray()).toArray());
    }

    private int word(int at) {
        return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    }

    private int skipLength(int at) {
        int end = at;
        while (bytes[end] < 0) {
            end++;
        }
        return end + 1;
    }

    private int skipProperties(int at) {
        int length = 0;
        int end = skipLength(at);
        for (int i = at; i < end; i++) {
            length |= (bytes[i] & 127) << 7 * (i - at);
        }
        return end + length;
    }

    @Override
    public String toString() {
        return type() + " of " + bytes.length + " bytes";
    }
}
