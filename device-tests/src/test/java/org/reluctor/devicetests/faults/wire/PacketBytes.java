package org.reluctor.devicetests.faults.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Collects the bytes of a packet by MQTT's data types (MQTT 5.0, section 1.5). */
final class PacketBytes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    PacketBytes octet(int value) {
        bytes.write(value);
        return this;
    }

    PacketBytes word(int value) {
        return octet(value >> 8).octet(value);
    }

    PacketBytes doubleWord(long value) {
        return word((int) (value >> 16)).word((int) value);
    }

    /** Variable byte integer. */
    PacketBytes number(int value) {
        int rest = value;
        for (; rest > 127; rest >>= 7) {
            octet(rest & 127 | 128);
        }
        return octet(rest);
    }

    PacketBytes text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        return word(utf8.length).raw(utf8);
    }

    PacketBytes raw(byte[] value) {
        bytes.writeBytes(value);
        return this;
    }

    int size() {
        return bytes.size();
    }

    byte[] toArray() {
        return bytes.toByteArray();
    }
}
